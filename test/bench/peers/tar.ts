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
  const out = join(folder, 'out');
  await mkdir(out);
  // Read once, it comes from memory from now on.
  await run('sh', ['-c', 'cat "$1" > /dev/null', 'sh', archive]);
  const flushed = { peer: 'tar-flushed' };
  await stopwatch.time(
    'fill',
    async (run) => {
      const begun = performance.now();
      await run('tar', ['xf', archive, '-C', out]);
      stopwatch.note('fill', 'seconds', (performance.now() - begun) / 1000);
      await run('sync', ['-f', out]);
    },
    flushed,
  );
  assertSameTree(sources.folder, out);
}
