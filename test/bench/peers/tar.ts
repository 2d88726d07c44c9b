import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { assertSameTree } from '../data/sameTree.ts';
import { run } from '../measure/stopwatch.ts';
import type { Peer, Stage } from './peer.ts';

/** Unpacking what lies in memory: the least that putting so many files on this disk takes. */
export const tar: Peer = {
  id: 'tar',
  does: ['fill'],
  find: async () => ({ version: (await run('tar', ['--version'])).split('\n')[0] ?? '', run: unpack }),
};

async function unpack({ sources, stopwatch, folder }: Stage): Promise<void> {
  const archive = await sources.archive();
  const [plain, flushed] = [join(folder, 'plain'), join(folder, 'flushed')];
  for (const to of [plain, flushed]) await mkdir(to);
  // Read once, it comes from memory from now on.
  await run('sh', ['-c', 'cat "$1" > /dev/null', 'sh', archive]);
  await stopwatch.time('fill', (run) => run('tar', ['xf', archive, '-C', plain]));
  assertSameTree(sources.folder, plain);
  await stopwatch.time(
    'fill',
    async (run) => {
      await run('tar', ['xf', archive, '-C', flushed]);
      await run('sync', ['-f', flushed]);
    },
    { peer: 'tar-flushed' },
  );
}
