import { afterEach, beforeEach, expect, test } from 'vitest';
import { changeRun } from './change.ts';
import { readRun } from './runs.ts';
import type { RunDatabase } from './store/open.ts';
import { newRun, newRuns } from './testing.ts';

let db: RunDatabase;
beforeEach(async () => {
  db = await newRuns();
});
afterEach(() => db.destroy());

const tagsOf = async (id: string) =>
  Object.fromEntries((await readRun(db, id)).tags.map(({ key, value }) => [key, value]));

test('a name, and tags that come and go; what is not named stays', async () => {
  const id = await newRun(db);
  await changeRun(db, id, { tags: { stage: 'draft', keep: 'yes' } });
  await changeRun(db, id, { name: 'best so far', tags: { stage: null, 'forebay.starred': 'true' } });
  expect((await readRun(db, id)).name).toBe('best so far');
  expect(await tagsOf(id)).toMatchObject({ keep: 'yes', 'forebay.starred': 'true' });
  expect(await tagsOf(id)).not.toHaveProperty('stage');
});

test('a run that was deleted comes back as it was, and is not changed meanwhile', async () => {
  const id = await newRun(db);
  await changeRun(db, id, { tags: { stage: 'draft' } });
  await changeRun(db, id, { deleted: true });
  await expect(changeRun(db, id, { name: 'other' })).rejects.toThrow(/active/);
  await changeRun(db, id, { deleted: false });
  expect((await readRun(db, id)).stage).toBe('active');
  expect(await tagsOf(id)).toMatchObject({ stage: 'draft' });
});

test('what is no name for a tag is refused, and nothing of the change is kept', async () => {
  const id = await newRun(db);
  const { name } = await readRun(db, id);
  await expect(changeRun(db, id, { name: 'new', tags: { 'a*b': 'x' } })).rejects.toThrow(/a\*b/);
  expect((await readRun(db, id)).name).toBe(name);
});

test('a run that is not there is said', async () => {
  await expect(changeRun(db, 'f'.repeat(32), { deleted: true })).rejects.toThrow(/not found/);
});
