import type { Client } from '@forebay/core/client';
import { expect, test } from 'vitest';
import { namedBy, resolveContent } from './namedContent.ts';

const named = (authority: string, path: string) => namedBy({ authority, path });

test("the editor's own addresses and those that people write name the same", () => {
  const content = { dataset: 'scans', selector: 'v2', path: 'images/a.png' };
  expect(named('', '/scans@v2/images/a.png')).toEqual(content);
  expect(named('scans@v2', '/images/a.png')).toEqual(content);
});

test.each([
  ['scans', 'latest'],
  ['scans@latest', 'latest'],
  ['scans@for-paper', 'for-paper'],
  ['scans@sha256-0123abcd', 'sha256-0123abcd'],
])('%s names a version as everywhere', (authority, selector) => {
  expect(named(authority, '/')).toEqual({ dataset: 'scans', selector, path: '' });
});

test.each(['Scans', 'scans@', 'scans@v0', 'scans@sha256-xyz', 'scans@v1:80'])(
  '%s names none',
  (authority) => {
    expect(() => named(authority, '/a.png')).toThrow('names no file of a version');
  },
);

test('only what is no number is asked for', async () => {
  const asked: string[] = [];
  const client = {
    versions: {
      get: async (_: string, selector: string) => {
        asked.push(selector);
        return { version: 7 };
      },
    },
  } as unknown as Client;
  const content = { dataset: 'scans', selector: 'v2', path: 'a' };
  expect(await resolveContent(client, content)).toEqual({ dataset: 'scans', version: 2, path: 'a' });
  expect(await resolveContent(client, { ...content, selector: 'raw' })).toMatchObject({ version: 7 });
  expect(asked).toEqual(['raw']);
});
