import type { Lake } from '../../lake/lake.ts';
import { datasetLog } from '../log/kinds.ts';
import { appendRecord, readLog, readRecord } from '../log/log.ts';
import type { DatasetState } from '../log/state.ts';
import { keyOf, randomName } from '../names.ts';

/** All that was to be named turned out to be referred to. */
class NothingLeft extends Error {}

/** Names in one record: about a megabyte. */
export const namesPerRecord = 25_000;

/**
 * When each of `wanted` was named as garbage, milliseconds. The newest records are read first, and no more of them than it
 * takes to find all: what was named long ago is long gone.
 */
export async function readNamed(
  lake: Lake,
  datasetId: string,
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Map<string, number>> {
  const log = keyOf.log(datasetId);
  const { collects } = await readLog(lake, log, datasetLog, signal);
  const named = new Map<string, number>();
  for (const seq of collects.toReversed()) {
    if (named.size === wanted.size) break;
    const record = await readRecord(lake, log, datasetLog, seq, signal);
    if (record?.kind !== 'collect') continue;
    for (const name of record.objects) {
      if (wanted.has(name) && !named.has(name)) named.set(name, Date.parse(record.time));
    }
  }
  return named;
}

/**
 * Names garbage in collect records. `referred` is asked of the newest state each time: a version that came in between may
 * refer to some of it. `now`: by the store's clock. Gives what was named.
 */
export async function nameGarbage(options: {
  lake: Lake;
  datasetId: string;
  author: string;
  now: number;
  names: string[];
  referred: (state: DatasetState) => Promise<(name: string) => boolean>;
  signal: AbortSignal;
}): Promise<Set<string>> {
  const { lake, datasetId, author, now, names, referred, signal } = options;
  const named = new Set<string>();
  for (let at = 0; at < names.length; at += namesPerRecord) {
    const some = names.slice(at, at + namesPerRecord);
    const stamp = { id: randomName(), time: new Date(now).toISOString(), author };
    let objects: string[] = [];
    const decide = async (state: DatasetState) => {
      const isReferred = await referred(state);
      objects = some.filter((name) => !isReferred(name));
      if (objects.length === 0) throw new NothingLeft();
      return { kind: 'collect' as const, ...stamp, objects };
    };
    await appendRecord(lake, keyOf.log(datasetId), datasetLog, decide, signal).catch((error) => {
      if (!(error instanceof NothingLeft)) throw error;
    });
    for (const name of objects) named.add(name);
  }
  return named;
}
