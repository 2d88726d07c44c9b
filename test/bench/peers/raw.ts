import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { assertSameTree } from '../data/sameTree.ts';
import type { Peer, Stage } from './peer.ts';
import { findS5cmd, s5Arguments } from './s5cmd.ts';

/** The same bytes as objects of 64 MiB: what the store and the disk take by themselves, whatever the number of files. */
export const raw: Peer = {
  id: 'raw',
  does: ['sync', 'fill'],
  find: async () => {
    const { command, version } = await findS5cmd();
    return { version: `${version}, one part an object`, run: (stage) => putAndGet(command, stage) };
  },
};

/** Each object in one piece, four at a time: more at a time were no quicker. */
const cp = ['--numworkers', '4', 'cp', '--part-size', '64', '--concurrency', '1'];

async function putAndGet(command: string, stage: Stage): Promise<void> {
  const { sources, bucket, stopwatch, folder } = stage;
  const env = { ...process.env, ...bucket.env };
  const pieces = sources.pieces();
  const there = `s3://${bucket.name}/pieces/`;
  const back = join(folder, 'back');
  await mkdir(back);
  await stopwatch.time('sync', (run) =>
    run(command, s5Arguments(stage, [...cp, `${pieces}/`, there]), { env }),
  );
  if (!stage.wants('fill')) return;
  await stopwatch.time('fill', (run) =>
    run(command, s5Arguments(stage, [...cp, `${there}*`, `${back}/`]), { env }),
  );
  assertSameTree(pieces, back);
}
