import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { toolsVenv } from '../../support/python/venv.ts';
import { assertSameTree } from '../data/sameTree.ts';
import { run } from '../measure/stopwatch.ts';
import type { Peer, Stage } from './peer.ts';

export const dvc: Peer = {
  id: 'dvc',
  does: ['sync', 'unchanged', 'fill'],
  rounds: 1,
  find: async () => {
    const { bin } = await toolsVenv('dvc', ['dvc==3.67.1', 'dvc-s3==3.3.0']);
    const command = join(bin, 'dvc');
    const version = (await run(command, ['--version'])).trim();
    return { version: `DVC ${version}`, run: (stage) => pushAndPull(command, stage) };
  },
};

async function pushAndPull(command: string, stage: Stage): Promise<void> {
  const { sources, stopwatch } = stage;
  const here = await machine(command, stage, 'here');
  // With hard links DVC makes the files read-only: it gets a copy of its own.
  await run('cp', ['-a', sources.folder, join(here.cwd, 'data')]);
  const addAndPush = async (
    run: (command: string, args: string[], options: typeof here) => Promise<string>,
  ) => {
    await run(command, ['add', '--quiet', 'data'], here);
    await run(command, ['push', '--quiet'], here);
  };
  await stopwatch.time('sync', addAndPush);
  if (stage.wants('unchanged')) {
    await stopwatch.time('unchanged', addAndPush);
    await stopwatch.time('unchanged', (run) => run(command, ['status', '--quiet'], here), {
      peer: 'dvc-status',
    });
  }
  if (!stage.wants('fill')) return;
  const there = await machine(command, stage, 'there');
  await copyFile(join(here.cwd, 'data.dvc'), join(there.cwd, 'data.dvc'));
  await stopwatch.time('fill', (run) => run(command, ['pull', '--quiet'], there));
  assertSameTree(sources.folder, join(there.cwd, 'data'));
}

/** A repository with a cache and state of its own outside it, hard links instead of copies, and nothing sent home. */
async function machine(command: string, { bucket, folder }: Stage, name: string) {
  const root = join(folder, name);
  const cwd = join(root, 'repository');
  await mkdir(cwd, { recursive: true });
  const env = {
    ...process.env,
    ...bucket.env,
    HOME: root,
    DVC_NO_ANALYTICS: '1',
    DVC_SITE_CACHE_DIR: join(root, 'site'),
  };
  const dvc = (...args: string[]) => run(command, args, { cwd, env });
  await dvc('init', '--quiet', '--no-scm');
  await dvc('config', 'core.check_update', 'false');
  await dvc('config', 'cache.dir', join(root, 'cache'));
  await dvc('config', 'cache.type', 'hardlink');
  await dvc('remote', 'add', '--default', 'lake', `s3://${bucket.name}/dvc`);
  await dvc('remote', 'modify', 'lake', 'endpointurl', bucket.endpoint);
  await dvc('remote', 'modify', 'lake', 'jobs', '32');
  return { cwd, env };
}
