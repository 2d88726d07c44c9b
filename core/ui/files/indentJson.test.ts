import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indentJson } from './indentJson.ts';

test('JSON is laid out as usual', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(0, 1, '\t'), (value, space) => {
      expect(indentJson(JSON.stringify(value, null, space))).toBe(JSON.stringify(value, null, 2));
    }),
  );
});

test('numbers keep their digits, and what is no JSON stays as it is', () => {
  expect(indentJson('{"id":9007199254740993,"lr":1.0,"a":1,"a":2}')).toBe(
    '{\n  "id": 9007199254740993,\n  "lr": 1.0,\n  "a": 1,\n  "a": 2\n}',
  );
  expect(indentJson('{a: 1}')).toBe('{a: 1}');
});
