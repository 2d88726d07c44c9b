import { chmod, mkdir, rm, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { SyncPreview } from '../../api/schemas.ts';
import { control } from '../testing/lake.ts';
import { beginSyncing, type Syncing } from '../testing/syncing.ts';
import { lookAtFolder } from './look.ts';
import { previewSync } from './preview.ts';

vi.setConfig({ testTimeout: 60_000 });

const preview = (world: Syncing) => previewSync(world, control());

const countsOf = ({ added, changed, removed }: SyncPreview) => ({
  ...{ added: added.files, changed: changed.files, removed: removed.files },
});

const step = fc.array(
  fc.tuple(
    fc.constantFrom('a', 'b/1', 'b/2', 'c d/e/1', 'tmp/x'),
    fc.constantFrom('x', 'y', 'zz', 'touch', 'remove', 'run'),
  ),
  { minLength: 1, maxLength: 6 },
);

async function act({ folder, write }: Syncing, path: string, what: string): Promise<void> {
  const at = join(folder, path);
  if (what === 'remove') return rm(at, { force: true });
  if (what === 'touch') return utimes(at, 1, 1).catch(() => undefined);
  if (what === 'run') return chmod(at, 0o755).catch(() => undefined);
  await mkdir(dirname(at), { recursive: true });
  await write(path, what);
}

test('a preview counts what the sync after it makes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 3 }), async (steps) => {
      const world = await beginSyncing();
      await world.write('.forebayignore', 'tmp/\n');
      for (const [nth, actions] of steps.entries()) {
        for (const [path, what] of actions) await act(world, path, what);
        const seen = await preview(world);
        const { added, changed, removed, files, bytes } = await world.sync();
        expect(countsOf(seen)).toEqual({ added, changed, removed });
        expect([seen.files, seen.bytes, seen.base]).toEqual([files, bytes, Math.min(nth, seen.base)]);
        expect(seen.changes.some(({ path }) => path.startsWith('tmp'))).toBe(false);
        expect(countsOf(await preview(world))).toEqual({ added: 0, changed: 0, removed: 0 });
      }
    }),
    { numRuns: 12 },
  );
});

test('a preview of a folder that is recorded as something else asks the lake, and finds the same', async () => {
  const world = await beginSyncing();
  await world.write('a', 'one');
  await world.write('b', 'two');
  await world.sync();
  await rm(join(world.folder, '.forebay', 'index'));
  await world.write('b', 'TWO');
  const seen = await preview(world);
  expect(seen.changes).toEqual([{ path: 'b', is: 'changed', before: 3, after: 3 }]);
});

test('a look reads no file, so that one that was only touched counts as changed', async () => {
  const world = await beginSyncing();
  await world.write('a', 'one');
  await world.sync();
  await utimes(join(world.folder, 'a'), 1, 1);
  expect(
    await lookAtFolder({ ...world, shown: '', filesMost: null, changesMost: 0 }, control()),
  ).toMatchObject({
    changed: 1,
  });
  expect(countsOf(await preview(world)).changed).toBe(0);
});

test('a folder that is no working copy would become one, with all that is in it', async () => {
  const world = await beginSyncing();
  await rm(join(world.folder, '.forebay'), { recursive: true });
  await world.write('a', 'one');
  expect(await preview(world)).toMatchObject({
    dataset: null,
    base: 0,
    files: 1,
    added: { files: 1, bytes: 3 },
  });
});

test('what others made since is told', async () => {
  const world = await beginSyncing();
  const other = await world.workingCopy();
  await world.write('a', 'one', other);
  await world.sync({ folder: other, author: 'ben', message: 'theirs' });
  expect((await preview(world)).newer).toMatchObject([{ version: 1, author: 'ben', message: 'theirs' }]);
});
