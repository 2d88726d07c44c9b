import { ForebayError } from '../../api/errors.ts';
import type { Lake } from '../../lake/lake.ts';
import { type Difference, readSide } from '../diff/difference.ts';
import { canonicalEntry, type Entry } from '../entry.ts';
import { unknownFeature } from '../log/records.ts';
import { keyOf } from '../names.ts';
import { compress, decompress, parseJson } from './codec.ts';

/** Beyond this, none is written: comparing the two trees costs no more. */
const most = 100_000;

/** Gathers what a commit changes against its parent, in path order. */
export class ChangeList {
  added = 0;
  changed = 0;
  removed = 0;
  #lines: string[] = [];

  compare(before: Entry | undefined, after: Entry | undefined): void {
    const [old, now] = [before && canonicalEntry(before), after && canonicalEntry(after)];
    if (old === now) return;
    if (old === undefined) this.added++;
    else if (now === undefined) this.removed++;
    else this.changed++;
    if (this.count <= most) this.#lines.push(line(old, now));
    else this.#lines = [];
  }

  get count(): number {
    return this.added + this.changed + this.removed;
  }

  /** The object's bytes, or undefined where there are too many changes for one. */
  encode(from: string, to: string): Uint8Array | undefined {
    if (this.count > most) return undefined;
    return compress(
      `{"format":1,"from":${JSON.stringify(from)},"to":${JSON.stringify(to)},"changes":[${this.#lines.join(',\n')}]}`,
    );
  }
}

function line(old: string | undefined, now: string | undefined): string {
  if (old === undefined) return `["added",${now}]`;
  return now === undefined ? `["removed",${old}]` : `["changed",${old},${now}]`;
}

/** What the version with digest `to` changed against its parent with digest `from`, in path order. Throws `damaged`. */
export async function readChanges(
  lake: Lake,
  datasetId: string,
  name: string,
  { from, to }: { from: string; to: string },
  signal?: AbortSignal,
): Promise<Difference[]> {
  const key = keyOf.changes(datasetId, name);
  const bytes = await lake.get(key, { signal });
  const damaged = () => new ForebayError('damaged', `The object ${key} in the lake is missing or damaged.`);
  if (!bytes) throw damaged();
  const json = parseJson(decompress(bytes, key), key) as Record<string, unknown> | null;
  if (json?.format !== 1) throw unknownFeature(`another format of ${key}`);
  if (json.from !== from || json.to !== to || !Array.isArray(json.changes)) throw damaged();
  return json.changes.map((change: unknown) => {
    if (!Array.isArray(change)) throw damaged();
    const [is, first] = change;
    if (is !== 'added' && is !== 'changed' && is !== 'removed') throw unknownFeature(`a change '${is}'`);
    const [old, now] = [first, change.at(-1)].map(readSide);
    if (!old || !now) throw damaged();
    return {
      path: now.path,
      before: is === 'added' ? undefined : old.side,
      after: is === 'removed' ? undefined : now.side,
    };
  });
}
