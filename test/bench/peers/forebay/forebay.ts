import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { LakeLocation } from '../../../../core/src/lake/location.ts';
import { program } from '../../../support/home.ts';
import { changeFiles } from '../../data/files.ts';
import { assertSameTree } from '../../data/sameTree.ts';
import { Profiles } from '../../measure/profile/profiles.ts';
import { type Work, works } from '../../measure/sample.ts';
import { run } from '../../measure/stopwatch.ts';
import type { PeerId } from '../ids.ts';
import type { Peer, Stage } from '../peer.ts';
import { timeAnswers } from './answer.ts';
import { timeDiff } from './diff.ts';
import { ForebayMachine } from './machine.ts';
import { timeMounts } from './mount.ts';
import { timeStart } from './start.ts';

/** On the store, or (`forebay-directory`) on a lake in a folder. */
export function forebay(id: PeerId): Peer {
  const does: Work[] = works.filter((work) => id === 'forebay' || (work !== 'start' && work !== 'rest'));
  return {
    id,
    does,
    find: async () => ({
      version: await ownVersion(),
      run: (stage) => naturalWay(stage, id === 'forebay-directory'),
    }),
  };
}

export async function ownVersion(): Promise<string> {
  const commit = await run('git', ['describe', '--always', '--dirty'], { cwd: import.meta.dirname }).catch(
    () => '',
  );
  const version = await run(process.execPath, [program, '--version']);
  return `Forebay ${version.trim()} ${commit.trim()}`.trim();
}

const dataset = 'bench';
/** Milliseconds until a daemon that was just started is at rest. */
const settling = 2000;

async function naturalWay(stage: Stage, inFolder: boolean): Promise<void> {
  const { bucket, stopwatch, wants } = stage;
  if (!inFolder && wants('start')) await timeStart(stopwatch);
  const profiles = stage.profile === null ? null : new Profiles(stage.profile);
  const lake = inFolder ? null : `s3://${bucket.name}/lake`;
  const machine = await ForebayMachine.start(bucket.env, lake, stopwatch, profiles);
  const location: LakeLocation = inFolder
    ? { url: machine.home.path('lake') }
    : { ...bucket, url: `s3://${bucket.name}/lake` };
  try {
    if (!inFolder && wants('rest')) {
      await delay(settling);
      stopwatch.note('rest', 'daemon', machine.resident());
    }
    await versions(stage, machine, location);
  } finally {
    await machine.stop();
  }
}

async function versions(stage: Stage, machine: ForebayMachine, location: LakeLocation): Promise<void> {
  const { sources, stopwatch, folder, wants } = stage;
  const { count } = sources.spec;
  if (!wants(...works.filter((kind) => kind !== 'start' && kind !== 'rest'))) return;
  const work = join(folder, 'work');
  await run('cp', ['-a', sources.folder, work]);
  await machine.home.json('-C', work, 'data', 'init', dataset);
  const sync = async (kind: Work, expected: { version: number; changed: number }) => {
    const made = await machine.timed<{ version: number; files: number; changed: number }>(
      kind,
      '-C',
      work,
      'data',
      'sync',
    );
    expectSame(made, { ...expected, files: count });
  };
  const fill = async (kind: Work, version: number) => {
    const ref = `${dataset}@v${version}`;
    const { path } = await machine.timed<{ path: string }>(kind, 'cache', 'add', ref);
    if (assertSameTree(work, path) !== count) throw new Error(`${ref} on the cache has not ${count} files.`);
  };

  await sync('sync', { version: 1, changed: 0 });
  if (wants('unchanged')) await unchanged(machine, work);
  if (wants('fill', 'mount', 'next')) await fill('fill', 1);
  else await machine.home.json('data', 'verify', `${dataset}@v1`);
  if (wants('mount')) await timeMounts(machine, stopwatch, `${dataset}@v1`);
  if (wants('sync-next', 'next', 'diff')) {
    const some = Math.max(1, Math.round(count / 100));
    changeFiles(work, sources.spec, some, 1);
    await sync('sync-next', { version: 2, changed: some });
  }
  if (wants('next')) await fill('next', 2);
  if (wants('diff')) {
    const few = Math.min(100, count);
    changeFiles(work, sources.spec, few, 2);
    const { version: to } = await machine.home.json<{ version: number }>('-C', work, 'data', 'sync');
    await timeDiff(machine, stopwatch, { location, dataset, from: to - 1, to, changed: few });
  }
  if (wants('answer')) await timeAnswers(machine, stopwatch, work);
}

async function unchanged(machine: ForebayMachine, work: string): Promise<void> {
  const again = await machine.timed<{ version: number; uploadedBytes: number }>(
    'unchanged',
    '-C',
    work,
    'data',
    'sync',
  );
  expectSame(again, { version: 1, uploadedBytes: 0 });
}

function expectSame(found: Record<string, unknown>, expected: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(expected)) {
    if (found[key] !== value)
      throw new Error(`${key} is ${found[key]}, not ${value}: ${JSON.stringify(found)}`);
  }
}
