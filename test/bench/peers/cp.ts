import { join } from 'node:path';
import { assertSameTree } from '../data/sameTree.ts';
import { run } from '../measure/stopwatch.ts';
import type { Peer } from './peer.ts';

/** A second tree of hard links is the least that a next version takes, a plain copy the least of a lake in a folder. */
export const cp: Peer = {
  id: 'cp',
  does: ['sync', 'next'],
  find: async () => ({
    version: (await run('cp', ['--version'])).split('\n')[0] ?? '',
    run: async ({ sources, stopwatch, folder, wants }) => {
      const ways = [
        ['sync', '-r'],
        ['next', '-al'],
      ] as const;
      for (const [work, option] of ways) {
        if (!wants(work)) continue;
        const copy = join(folder, work);
        await stopwatch.time(work, (run) => run('cp', [option, sources.folder, copy]));
        assertSameTree(sources.folder, copy);
      }
    },
  }),
};
