import { expect, test } from 'vitest';
import type { Run } from '../../src/api/schemas.ts';
import { exampleRun } from '../testing.ts';
import { readRuns } from './runsSource.ts';

test('an export reads all runs, however many pages they are, and each once though a new one moves them', async () => {
  const all = Array.from({ length: 2500 }, (_, at) => exampleRun(`r${at}`, {}));
  const page = async (limit: number, cursor = '0') => {
    const from = Number(cursor);
    if (from === 1000) all.unshift(exampleRun('new', {}));
    const next = from + limit < all.length ? String(from + limit) : null;
    return { items: all.slice(from, from + limit), next };
  };
  const source = { page, keyOf: ({ id }: Run) => id, some: async () => [], touches: () => null };
  const read = await readRuns(source);
  expect(read).toHaveLength(2500);
  expect(new Set(read.map(({ id }) => id)).size).toBe(2500);
});
