import { expect, test } from 'vitest';
import { bearerOf } from './authorization.ts';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

test('a password counts as the token, whatever the name, and a token as itself', () => {
  expect(bearerOf(basic('ana:t0ken.abc'))).toBe('Bearer t0ken.abc');
  expect(bearerOf(basic('ana:with:colons'))).toBe('Bearer with:colons');
  expect(bearerOf('Bearer t0ken')).toBe('Bearer t0ken');
  expect(bearerOf(undefined)).toBe('');
  expect(bearerOf('Basic ***')).toBe('Basic ***');
});
