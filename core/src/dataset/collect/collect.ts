import { ForebayError } from '../../api/errors.ts';
import type { CollectResult } from '../../api/schemas.ts';
import type { Lake } from '../../lake/lake.ts';
import { historyOf, readHistory } from '../history.ts';
import type { Control } from '../progress.ts';
import { kindOf, type ListedObject, type ObjectKind, objectKinds } from './objects.ts';
import { Reach } from './reach.ts';
import { nameGarbage, readNamed } from './records.ts';
import { type Garbage, sortGarbage, sweepAfter } from './sort.ts';
import { sweep } from './sweep.ts';

export interface CollectRequest {
  lake: Lake;
  dataset: { id: string; name: string };
  /** Of a dataset that was deleted nothing is referred to any more. */
  deleted: boolean;
  author: string;
  /** Only tell what would be done. */
  dryRun: boolean;
  /** What is younger, milliseconds, is left alone: somebody may be uploading it. */
  olderThan: number;
}

/**
 * Names in the log what nothing refers to, and deletes exactly what was so named a day ago or more. A crash at any instant
 * leaves work for the next time and nothing else. Throws `damaged` where it can't be told what a version refers to.
 */
export async function collectGarbage(request: CollectRequest, control: Control): Promise<CollectResult> {
  const { lake, dataset, deleted, dryRun, olderThan } = request;
  const { signal } = control;
  try {
    const now = await lake.now();
    const reach = new Reach(lake, dataset);
    const versions = deleted ? [] : (await readHistory(lake, dataset.id, signal)).versions;
    const reading = { phase: 'reading manifests', bytes: 0, bytesTotal: null, filesTotal: versions.length };
    await reach.add(versions, signal, (files) => control.report({ ...reading, files }));
    const listed = await listUnreferenced(lake, dataset.id, reach, control);
    const named = await readNamed(lake, dataset.id, new Set(listed.map(({ name }) => name)), signal);
    const garbage = sortGarbage(listed, named, { now, olderThan });
    if (!dryRun) {
      await sweep(lake, dataset.id, garbage.due, control);
      garbage.unnamed = await nameUnnamed(request, reach, garbage.unnamed, now, control);
    }
    return resultOf(dataset.name, dryRun, listed, garbage, named);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new ForebayError(
      'cancelled',
      'The collection was cancelled; what was named or deleted by then stays so.',
    );
  }
}

async function nameUnnamed(
  { lake, dataset, deleted, author }: CollectRequest,
  reach: Reach,
  objects: ListedObject[],
  now: number,
  { signal, report }: Control,
): Promise<ListedObject[]> {
  if (objects.length === 0) return [];
  report({ phase: 'naming garbage', files: 0, filesTotal: objects.length, bytes: 0, bytesTotal: null });
  const named = await nameGarbage({
    lake,
    datasetId: dataset.id,
    author,
    now,
    names: objects.map(({ name }) => name),
    signal,
    async referred(state) {
      if (!deleted) await reach.add(historyOf(state).versions, signal);
      return (name) => reach.has(name);
    },
  });
  return objects.filter(({ name }) => named.has(name));
}

async function listUnreferenced(
  lake: Lake,
  datasetId: string,
  reach: Reach,
  { signal, report }: Control,
): Promise<ListedObject[]> {
  const top = `datasets/${datasetId}/`;
  const found: ListedObject[] = [];
  let files = 0;
  let bytes = 0;
  for (const kind of objectKinds) {
    for await (const { key, size, modified } of lake.list(`${top}${kind}/`, { signal })) {
      signal.throwIfAborted();
      files++;
      bytes += size;
      if (files % 1000 === 0) report({ phase: 'listing', files, filesTotal: null, bytes, bytesTotal: null });
      const name = key.slice(top.length);
      if (kindOf(name) && !reach.has(name)) found.push({ name, size, modified });
    }
  }
  return found;
}

function resultOf(
  dataset: string,
  dryRun: boolean,
  listed: ListedObject[],
  garbage: Garbage,
  named: ReadonlyMap<string, number>,
): CollectResult {
  const times = garbage.waiting.map(({ name }) => named.get(name) as number);
  const next = times.reduce((least, time) => Math.min(least, time), Number.POSITIVE_INFINITY) + sweepAfter;
  return {
    dataset,
    dryRun,
    unreferenced: objectKinds
      .map((kind) => ({ kind, ...sumOf(listed, kind) }))
      .filter(({ objects }) => objects > 0),
    young: sumOf(garbage.young),
    named: sumOf(garbage.unnamed),
    waiting: { ...sumOf(garbage.waiting), until: times.length > 0 ? new Date(next).toISOString() : null },
    deleted: sumOf(garbage.due),
  };
}

function sumOf(objects: ListedObject[], kind?: ObjectKind): { objects: number; bytes: number } {
  const some = kind ? objects.filter(({ name }) => kindOf(name) === kind) : objects;
  return { objects: some.length, bytes: some.reduce((sum, { size }) => sum + size, 0) };
}
