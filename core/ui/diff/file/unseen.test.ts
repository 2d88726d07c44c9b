import { expect, test } from 'vitest';
import { unseenDifferences } from './unseen.ts';

const text = (said: string) => new TextEncoder().encode(said);
const differences = (before: Uint8Array, after: Uint8Array, seen = false) =>
  unseenDifferences({ name: 'v1', bytes: before }, { name: 'v2', bytes: after }, seen);

test('what differs though each line is the same is said', () => {
  expect(differences(text('a\n'), text('a'))).toEqual([
    "The last line of v1 has a line end, that of v2 hasn't.",
  ]);
  expect(differences(text('a'), text('\uFEFFa'))).toEqual(["v2 begins with a byte order mark, v1 doesn't."]);
  expect(differences(Uint8Array.of(65, 0xff), Uint8Array.of(65, 0xfe))).toEqual([
    'Only bytes differ that are no text.',
  ]);
});

test('nothing is said of what the lines show, or where nothing differs', () => {
  expect(differences(text('a\n'), text('b\n'), true)).toEqual([]);
  expect(differences(text('a\n'), text('a\n'))).toEqual([]);
  expect(differences(text(''), text('a'), true)).toEqual([]);
});
