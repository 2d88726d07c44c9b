import { existsSync } from 'node:fs';
import { join } from 'node:path';
// @ts-expect-error The tools are plain JavaScript, since Node 20 runs them before anything is installed.
import { installDebianPackages } from '../../../tools/debian.mjs';
import { assertSameTree } from '../data/sameTree.ts';
import { run } from '../measure/stopwatch.ts';
import type { Peer, Stage } from './peer.ts';

const command = '/usr/bin/restic';

export const restic: Peer = {
  id: 'restic',
  does: ['sync', 'unchanged', 'fill'],
  find: async () => {
    if (!existsSync(command)) await installDebianPackages({ restic: command }, 'The benchmark needs');
    const [, version] = (await run(command, ['version'])).split(' ');
    return { version: `restic ${version}`, run: backUpAndRestore };
  },
};

/**
 * No try to compress what doesn't shrink; larger packs and more connections were no quicker. restic encrypts, and has no
 * way not to.
 */
const settings = ['--quiet', '--compression', 'off'];

async function backUpAndRestore(stage: Stage): Promise<void> {
  const { sources, bucket, stopwatch, folder } = stage;
  const machine = (name: string) => ({
    ...process.env,
    ...bucket.env,
    AWS_DEFAULT_REGION: bucket.region,
    RESTIC_REPOSITORY: `s3:${bucket.endpoint}/${bucket.name}/restic`,
    RESTIC_PASSWORD: 'benchmark',
    RESTIC_CACHE_DIR: join(folder, name),
  });
  const here = { cwd: sources.folder, env: machine('cache') };
  const back = join(folder, 'back');
  await run(command, ['init', '--quiet'], here);
  await stopwatch.time('sync', (run) => run(command, ['backup', ...settings, '.'], here));
  if (stage.wants('unchanged')) {
    await stopwatch.time('unchanged', (run) => run(command, ['backup', ...settings, '.'], here));
  }
  if (!stage.wants('fill')) return;
  // Another machine, which has nothing of this repository yet.
  const there = { env: machine('cache-there') };
  await stopwatch.time('fill', (run) =>
    run(command, ['restore', 'latest', ...settings, '--target', back], there),
  );
  assertSameTree(sources.folder, back);
}
