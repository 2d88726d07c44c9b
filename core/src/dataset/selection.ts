import { hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { braceExpand, Minimatch, type MinimatchOptions } from 'minimatch';
import * as z from 'zod';
import { ForebayError } from '../api/errors.ts';
import type { Selection } from '../api/schemas.ts';
import { mostAlternatives, selectionText } from '../api/selection.ts';
import { throwIfAborted } from '../lake/key.ts';
import type { Lake } from '../lake/lake.ts';
import type { Entry } from './entry.ts';
import { entriesIn, type ReadOptions, readLeaves } from './manifest/read.ts';

/** How files on disk name a part. */
export const SelectionJson: z.ZodType<Selection> = z.object({
  include: z.array(z.string()),
  exclude: z.array(z.string()),
});

/** Whether a path of a version is in the selection. */
export type Selects = (entry: Pick<Entry, 'path' | 'kind'>) => boolean;

/** Names that begin with a dot are names; what only a shell or other globs know ('#', '!', '+(a|b)') is a letter. */
const options: MinimatchOptions = {
  dot: true,
  nocomment: true,
  nonegate: true,
  noext: true,
  nobrace: true,
  platform: 'linux',
};

/**
 * As a .gitignore selects: a glob without a slash in it counts at any depth, one with a slash from the top; `*` and `?`
 * don't cross a slash, `**` does; what names a folder selects all below it, and what ends with a slash only folders.
 * `{a,b}` are alternatives. Throws `bad-request` for more of those than make sense.
 */
export function selecting({ include, exclude }: Selection): Selects {
  const included = include.length > 0 ? matching(include) : () => true;
  const excluded = matching(exclude);
  return (entry) => included(entry) && !excluded(entry);
}

interface Glob {
  /** From the top of the version. */
  text: string;
  foldersOnly: boolean;
}

function matching(globs: readonly string[]): Selects {
  const itself: Minimatch[] = [];
  const itsFolders: Minimatch[] = [];
  const below: Minimatch[] = [];
  for (const { text, foldersOnly } of globsOf(globs)) {
    (foldersOnly ? itsFolders : itself).push(new Minimatch(text, options));
    below.push(new Minimatch(`${text}/**`, options));
  }
  return ({ path, kind }) =>
    itself.some((glob) => glob.match(path)) ||
    below.some((glob) => glob.match(path)) ||
    (kind === 'folder' && itsFolders.some((glob) => glob.match(path)));
}

function globsOf(globs: readonly string[]): Glob[] {
  const alternatives = globs.flatMap((glob) => braceExpand(glob, { braceExpandMax: mostAlternatives + 1 }));
  if (alternatives.length > mostAlternatives) {
    throw new ForebayError(
      'bad-request',
      `These globs have more than ${mostAlternatives} alternatives in braces.`,
      "Write '*' or '[0-9]' in place of a long {list}.",
    );
  }
  return alternatives.map((glob) => {
    const name = glob.replace(/\/+$/, '');
    const path = name.includes('/') ? name.replace(/^\/+/, '') : `**/${name}`;
    // A `**` at the end stands for at least one name, also where more follows.
    return { text: path.replace(/(^|\/)\*\*$/, '$1**/*'), foldersOnly: name !== glob };
  });
}

/** Text that every selected path begins with: what comes before it in a version needn't be read. */
export function commonPrefix({ include }: Selection): string {
  const literal = globsOf(include).map(({ text }) => /^[^*?[\\]*/.exec(text)?.[0] ?? '');
  const [first = '', ...others] = literal;
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}

/** What to read of a version for the selected paths below a folder; `folder` is '' or ends with a slash. */
export function prefixWithin(folder: string, selection: Selection | null | undefined): string {
  const prefix = selection ? commonPrefix(selection) : '';
  return prefix.startsWith(folder) ? prefix : folder;
}

/** Tells a selection from others in the name of a cached part's folder. */
export function partHash(selection: Selection): string {
  return hash('sha256', selectionText(selection), 'hex').slice(0, 8);
}

/** A version's entries, or only the selected ones. */
export function readSelected(...version: Parameters<typeof readSelectedLeaves>): AsyncGenerator<Entry> {
  return entriesIn(readSelectedLeaves(...version));
}

/** As `readSelected`, a page at a time. */
export async function* readSelectedLeaves(
  lake: Lake,
  datasetId: string,
  root: string,
  selection: Selection | null | undefined,
  options: Pick<ReadOptions, 'from' | 'signal'> = {},
): AsyncGenerator<Entry[]> {
  if (!selection) return yield* readLeaves(lake, datasetId, root, options);
  const selects = selecting(selection);
  const prefix = commonPrefix(selection);
  for await (const entries of readLeaves(lake, datasetId, root, { ...options, prefix })) {
    yield entries.filter(selects);
  }
}

export interface PartSize {
  /** Of all kinds. */
  entries: number;
  files: number;
  bytes: number;
}

/** How much of a version is selected; reads its manifest, letting others in between pages. */
export async function measureSelection(
  lake: Lake,
  datasetId: string,
  root: string,
  selection: Selection,
  signal?: AbortSignal,
): Promise<PartSize> {
  const selects = selecting(selection);
  const prefix = commonPrefix(selection);
  const size = { entries: 0, files: 0, bytes: 0 };
  for await (const entries of readLeaves(lake, datasetId, root, { prefix, signal })) {
    for (const entry of entries) {
      if (!selects(entry)) continue;
      size.entries++;
      if (entry.kind !== 'file') continue;
      size.files++;
      size.bytes += entry.size;
    }
    await setImmediate();
    throwIfAborted(signal);
  }
  return size;
}
