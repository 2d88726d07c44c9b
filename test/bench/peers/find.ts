import { run } from '../measure/stopwatch.ts';
import type { Peer } from './peer.ts';

/** Reading every file's size and time: the least that seeing nothing changed takes. */
export const find: Peer = {
  id: 'find',
  does: ['unchanged'],
  find: async () => ({
    version: (await run('find', ['--version'])).split('\n')[0] ?? '',
    run: async ({ sources, stopwatch }) => {
      const list = ['-c', 'find "$1" -printf "%s %T@\\n" > /dev/null', 'sh', sources.folder];
      await stopwatch.time('unchanged', (run) => run('sh', list));
      const seen = await run('find', [sources.folder, '-type', 'f', '-printf', '.']);
      if (seen.length !== sources.spec.count) throw new Error(`find saw ${seen.length} files.`);
    },
  }),
};
