import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { ForebayError } from '../../api/errors.ts';
import { formatRef } from '../../api/ref.ts';
import type { Selection } from '../../api/schemas.ts';
import { describeSelection } from '../../api/selection.ts';
import type { Entry } from '../entry.ts';
import type { VersionRecord } from '../history.ts';
import type { Row } from '../recorded/folderRows.ts';
import { pauser } from '../scan/pause.ts';
import { scopeOf } from '../scope.ts';
import type { Selects } from '../selection.ts';
import { recordedFile } from '../workingCopy/workingCopy.ts';
import type { Pair } from './pairs.ts';

/** What of the parent version stays as it is because the working copy is one of a part only. */
export interface Outside {
  /** Whether an entry of the parent that the folder doesn't have stays in the version. */
  carries(entry: Entry): boolean;
  /** Whether the folder's empty folder at this path has something in it in the version. */
  skips(path: string): boolean;
}

export interface OutsideRequest {
  /** The dataset's. */
  name: string;
  folder: string;
  parent: VersionRecord;
  selection: Selection;
  /** What the parent and the folder have at each path. */
  pairs: AsyncIterable<Pair[]>;
  links: ReadonlyMap<string, string>;
  signal: AbortSignal;
}

/** An entry of the version to be: of the tree, or carried over. */
interface Standing {
  path: string;
  isFolder: boolean;
  /** Carried over from the parent; else of the folder. */
  carried: boolean;
}

/**
 * Goes through the parent beside the tree before anything is uploaded. What is new in the folder comes into the
 * version wherever it lies; throws `merge-conflict` where it stands in the place of something that the folder
 * doesn't have, and that would be lost unseen.
 */
export async function lookOutside(request: OutsideRequest): Promise<Outside> {
  const { folder, selection, pairs, signal } = request;
  const inScope = scopeOf(selection, recordedFile(folder));
  const meeting = new Meeting(request);
  const pause = pauser(signal);
  for await (const some of pairs) {
    for (const pair of some) {
      if (pair.is === 'page') continue;
      const { before, row } = pair;
      const outside = before !== undefined && !inScope(before);
      if (row) {
        if (outside) await requireSame(request, row, before);
        meeting.add({ path: row.path, isFolder: row.kind === 'folder', carried: false });
      } else if (outside) {
        meeting.add({ path: before.path, isFolder: before.kind === 'folder', carried: true });
      }
    }
    const rest = pause();
    if (rest) await rest;
  }
  return meeting.outcome(inScope);
}

/** Takes what will stand in the version, in path order, and finds what can't stand beside each other. */
class Meeting {
  readonly #request: OutsideRequest;
  /** Each begins with the one before it: all those that may lead to what comes next. */
  readonly #leading: Standing[] = [];
  readonly #skipped = new Set<string>();
  readonly #dropped = new Set<string>();

  constructor(request: OutsideRequest) {
    this.#request = request;
  }

  add(standing: Standing): void {
    const leading = this.#leading;
    const { path } = standing;
    for (let last = leading.at(-1); last && !path.startsWith(last.path); last = leading.at(-1)) leading.pop();
    for (const above of leading) {
      if (path[above.path.length] !== '/') continue;
      if (!above.isFolder) throw inTheWay(this.#request, above, standing);
      if (above.carried) this.#dropped.add(above.path);
      else this.#skipped.add(above.path);
    }
    leading.push(standing);
  }

  outcome(inScope: Selects): Outside {
    return {
      carries: (entry) => !inScope(entry) && !this.#dropped.has(entry.path),
      skips: (path) => this.#skipped.has(path),
    };
  }
}

/** The folder has a file of its own where the version has one that was not checked out. */
async function requireSame(request: OutsideRequest, row: Row, entry: Entry): Promise<void> {
  const { folder, links, signal } = request;
  if (row.kind === entry.kind) {
    if (entry.kind === 'folder') return;
    if (entry.kind === 'link' && entry.target === links.get(entry.path)) return;
    if (entry.kind === 'file' && entry.size === row.size && entry.executable === row.executable) {
      const digest = row.sha256 ?? (await hashFile(join(folder, entry.path), signal));
      if (digest === entry.sha256) return;
    }
  }
  const { name, parent, selection } = request;
  throw new ForebayError(
    'merge-conflict',
    `${JSON.stringify(entry.path)} is new in this folder, but ${formatRef(name, parent.version)} has another one, which is outside what the folder was cloned with (${describeSelection(selection)}).`,
    'Give yours another name, or clone again with a selection that has it too, and change it there.',
  );
}

function inTheWay(request: OutsideRequest, above: Standing, below: Standing): ForebayError {
  const { name, parent, selection } = request;
  const [mine, theirs] = above.carried ? [below, above] : [above, below];
  return new ForebayError(
    'merge-conflict',
    `${JSON.stringify(mine.path)} of this folder can't be in a version beside ${JSON.stringify(theirs.path)} of ${formatRef(name, parent.version)}, which is outside what the folder was cloned with (${describeSelection(selection)}).`,
    'Give yours another name, or clone again with a selection that has both.',
  );
}

async function hashFile(path: string, signal: AbortSignal): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(path, { signal })) digest.update(chunk);
  return digest.digest('hex');
}
