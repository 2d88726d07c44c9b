import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { node } from '../../support/home.ts';
import { Stopwatch } from '../measure/stopwatch.ts';
import { ownVersion } from '../peers/forebay/forebay.ts';
import { ForebayMachine } from '../peers/forebay/machine.ts';
import { describeMachine } from '../report/machine.ts';
import type { Alone, AloneLine } from '../report/results.ts';
import type { Store } from '../store.ts';
import { compression } from './compression.ts';
import { datasets } from './datasets.ts';
import { diff } from './diff.ts';
import { editor } from './editor.ts';
import { files } from './files.ts';
import { history } from './history.ts';
import { largeFile } from './largeFile.ts';
import { live } from './runs/live.ts';
import { pages } from './runs/pages.ts';
import { points } from './runs/points.ts';
import { search } from './runs/search.ts';
import { tracking } from './runs/tracking.ts';
import type { Setting } from './setting.ts';

/** What Forebay promises of something that most peers don't do. */
const settings: Record<Alone['id'], Setting> = {
  history,
  'large-file': largeFile,
  tracking,
  points,
  search,
  pages,
  live,
  editor,
  files,
  diff,
  datasets,
  compression: compression('store'),
  'compression-folder': compression('folder'),
};

/** Measures one promise in the empty folder `at`; `size` is how many versions or calls, or the file's bytes. */
export async function alone(id: Alone['id'], size: number, store: Store, at: string): Promise<Alone> {
  const { title, lake, run } = settings[id];
  const folder = join(at, id);
  await mkdir(folder);
  let lines: AloneLine[] = [];
  await store.withBucket(async ({ name, env }) => {
    const place = lake === 'store' ? `s3://${name}/lake` : null;
    const machine = await ForebayMachine.start(env, place, new Stopwatch('forebay', 0), null);
    try {
      lines = await run(machine, folder, size);
    } finally {
      await machine.stop();
    }
  });
  const when = new Date().toISOString();
  return {
    id,
    title: title(size.toLocaleString('en-US')),
    when,
    machine: await describeMachine(at, node),
    version: await ownVersion(),
    lines,
  };
}
