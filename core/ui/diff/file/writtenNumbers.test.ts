import fc from 'fast-check';
import { expect, test } from 'vitest';
import { briefJson, diffJson } from './jsonDiff.ts';
import { parseWritten } from './writtenNumbers.ts';

const differences = (before: string, after: string) =>
  diffJson(parseWritten(before), parseWritten(after)).map(
    ({ path, before, after }) => `${path} ${briefJson(before)} ${briefJson(after)}`,
  );

test('numbers differ as they are written, with all their digits', () => {
  expect(differences('{"id": 9007199254740992}', '{"id": 9007199254740993}')).toEqual([
    'id 9007199254740992 9007199254740993',
  ]);
  expect(differences('{"lr": 1}', '{"lr": 1.0}')).toEqual(['lr 1 1.0']);
  expect(differences('[{"id": 9007199254740993, "a": 1}]', '[{"id": 9007199254740993, "a": 2}]')).toEqual([
    '[id=9007199254740993].a 1 2',
  ]);
  expect(differences('[1.50, "a 1.50"]', '[1.50,"a 1.50"]')).toEqual([]);
});

test('what JavaScript writes is read as ever, and what is no JSON is none', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      // It writes great and small numbers in its own way, which is theirs too.
      expect(briefJson(parseWritten(text), 1e6)).toBe(text);
    }),
  );
  for (const text of ['01', '1.', '{"a": 1..0}', '-', '{1.0: 2}']) expect(() => parseWritten(text)).toThrow();
});
