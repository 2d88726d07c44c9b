import { expect, test } from 'vitest';
import type { FileChange } from '../../src/api/schemas.ts';
import { aVersion } from '../../src/api/testing.ts';
import { nextChanges } from './nextChanges.ts';

const change = (version: number): FileChange => ({
  version: aVersion('scans', version),
  is: 'changed',
  kind: 'file',
  size: 24,
});

/** Pages by the cursor that leads to them; the first by ''. */
const pages: Record<string, { items: FileChange[]; next: string | null }> = {
  '': { items: [change(900)], next: 'a' },
  a: { items: [], next: 'b' },
  b: { items: [], next: 'c' },
  c: { items: [change(7)], next: 'd' },
  d: { items: [], next: null },
};
const fileHistory = async (_: string, __: string, { cursor = '' }: { cursor?: string }) => pages[cursor];
const place = { dataset: 'scans', path: 'labels.csv' };
const next = (from: string | null) => nextChanges({ versions: { fileHistory } } as never, place, from);

test('hundreds of versions that left a file as it was are passed over', async () => {
  expect(await next(null)).toEqual({ items: [change(900)], next: 'a' });
  expect(await next('a')).toEqual({ items: [change(7)], next: 'd' });
  expect(await next('d')).toEqual({ items: [], next: null });
});

test('how many were looked into is told meanwhile', async () => {
  const looked: number[] = [];
  await nextChanges({ versions: { fileHistory } } as never, place, 'a', {
    onLooked: (versions) => looked.push(versions),
  });
  expect(looked).toEqual([100, 200]);
});
