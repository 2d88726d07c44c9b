import { changeFiles, makeFiles } from '../data/files.ts';
import type { ForebayMachine } from '../peers/forebay/machine.ts';
import { median } from '../report/statistics.ts';
import type { Setting } from './setting.ts';
import { type Synced, timedSync } from './sync.ts';

const spec = { count: 2000, min: 4000, max: 16_000 };
/** How many syncs each of the two figures is the median of. */
const some = 5;

/** What one changed file costs after a thousand versions, beside what it cost after one. */
export const history: Setting = {
  title: (versions) => `${versions} versions of 2,000 files, one changed in each, on S3 (SeaweedFS)`,
  lake: 'store',
  async run(machine, work, versions) {
    if (versions <= 2 * some) throw new Error(`A history has more than ${2 * some} versions.`);
    makeFiles(work, spec);
    await machine.home.json('-C', work, 'data', 'init', 'bench');
    await machine.home.json('-C', work, 'data', 'sync');
    const early = await syncs(machine, work, 2, some);
    await syncs(machine, work, 2 + some, versions - 2 * some - 1);
    const late = await syncs(machine, work, versions - some + 1, some);
    const [before, after] = [median(early.map(seconds)), median(late.map(seconds))];
    return [
      {
        title: 'sync of one changed file as version 2 and after',
        value: before,
        unit: 'seconds',
        most: null,
      },
      { title: `the same as version ${versions}`, value: after, unit: 'seconds', most: null },
      { title: 'how many times as long', value: after / before, unit: 'times', most: 1.2 },
      { title: 'uploaded for it', value: median(late.map(bytes)), unit: 'bytes', most: 1e6 },
    ];
  },
};

const seconds = (synced: Synced) => synced.seconds;
const bytes = (synced: Synced) => synced.uploadedBytes;

async function syncs(machine: ForebayMachine, work: string, first: number, count: number): Promise<Synced[]> {
  const made: Synced[] = [];
  for (let version = first; version < first + count; version++) {
    changeFiles(work, spec, 1, version);
    const synced = await timedSync(machine, work);
    if (synced.version !== version) throw new Error(`Made version ${synced.version}, not ${version}.`);
    made.push(synced);
  }
  return made;
}
