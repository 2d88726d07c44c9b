import { join } from 'node:path';
import { assertSameTree } from '../data/sameTree.ts';
import { run } from '../measure/stopwatch.ts';
import type { Peer } from './peer.ts';

/** A second tree of hard links: the least that a next version takes where nearly all files stay. */
export const cp: Peer = {
  id: 'cp',
  does: ['next'],
  find: async () => ({
    version: (await run('cp', ['--version'])).split('\n')[0] ?? '',
    run: async ({ sources, stopwatch, folder }) => {
      const copy = join(folder, 'copy');
      await stopwatch.time('next', (run) => run('cp', ['-al', sources.folder, copy]));
      assertSameTree(sources.folder, copy);
    },
  }),
};
