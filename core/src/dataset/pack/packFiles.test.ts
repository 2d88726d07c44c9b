import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { lookAt } from '../scan/scan.ts';
import { temporaryFolder } from '../testing/lake.ts';
import { DigestSet } from './digestSet.ts';
import { packFiles } from './packFiles.ts';

async function* inOrder<T>(items: T[]): AsyncGenerator<T> {
  yield* items;
}

test('when packing fails, uploads under way are told to end and have ended before anybody hears of it', async () => {
  const folder = await temporaryFolder();
  const paths = ['a', 'b'];
  for (const path of paths) await writeFile(join(folder, path), path);
  const files = paths.map((path, file) => ({ ...lookAt(folder, path), path, file }));
  const [both, abandoned] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const events: string[] = [];
  const sink = {
    upload: async (_: Uint8Array, { files: [packed] }: { files: { file: number }[] }) => {
      if (packed?.file === 0) {
        await both.promise;
        throw new Error('The store is full.');
      }
      both.resolve();
      await abandoned.promise;
      await setTimeout(50);
      events.push('the other upload ended');
    },
    hashed: () => undefined,
    cut: () => undefined,
    changed: () => undefined,
    progress: () => undefined,
    abandon: () => abandoned.resolve(),
  };
  const batches = files.map((file) => ({ files: [file as never], large: false }));
  const work = {
    folder,
    batches: inOrder(batches),
    files: 2,
    bytes: 2,
    known: DigestSet.of([]).shared,
    knownChunks: DigestSet.of([]).shared,
    pace: 1e6,
  };
  await expect(packFiles(work, sink, new AbortController().signal)).rejects.toThrow('The store is full.');
  events.push('packing failed');
  expect(events).toEqual(['the other upload ended', 'packing failed']);
});
