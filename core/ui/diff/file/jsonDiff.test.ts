import fc from 'fast-check';
import { expect, test } from 'vitest';
import { briefJson, diffJson } from './jsonDiff.ts';

test('the smallest parts that differ are told by their place', () => {
  const before = { lr: 0.1, layers: [{ units: 8 }, { units: 16 }], 'odd key': null, gone: [1] };
  const after = { lr: 0.1, layers: [{ units: 8 }, { units: 32 }, { units: 1 }], 'odd key': {}, new: true };
  expect(diffJson(before, after)).toEqual([
    { kind: 'changed', path: 'layers[1].units', before: 16, after: 32 },
    { kind: 'added', path: 'layers[2]', before: undefined, after: { units: 1 } },
    { kind: 'changed', path: '["odd key"]', before: null, after: {} },
    { kind: 'removed', path: 'gone', before: [1], after: undefined },
    { kind: 'added', path: 'new', before: undefined, after: true },
  ]);
});

test('items of a list that have names are found by them', () => {
  const before = [
    { id: 1, label: 'cat' },
    { id: 2, label: 'dog' },
  ];
  const after = [
    { id: 2, label: 'fox' },
    { id: 1, label: 'cat' },
  ];
  expect(diffJson(before, after)).toEqual([
    { kind: 'changed', path: '[id=2].label', before: 'dog', after: 'fox' },
  ]);
});

test('documents differ in nothing only where they are the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
      expect(diffJson(before, structuredClone(before))).toEqual([]);
      // As JSON has it: no sign of zero.
      const same = JSON.stringify(before) === JSON.stringify(after);
      if (diffJson(before, after).length === 0) expect(normal(before)).toEqual(normal(after));
      else expect(same).toBe(false);
    }),
  );
});

const normal = (value: unknown) => JSON.parse(JSON.stringify(value));

test('long values are cut off', () => {
  expect([briefJson(undefined), briefJson({ a: 1 }), briefJson('x'.repeat(300)).length]).toEqual([
    '',
    '{"a":1}',
    201,
  ]);
});
