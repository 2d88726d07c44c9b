import { chmod, chown, mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { bootId } from '../boot.ts';
import { unlessAbsent } from '../errno.ts';
import { layout, staged } from '../layout.ts';
import { moveToTrash } from '../trash.ts';
import { makeWritable } from '../writable.ts';
import { readRanges } from './journal.ts';
import { takenOver } from './takenOver.ts';

/** `fill.json`: what a staging folder is being filled with, and since which boot of which machine. */
const Fill = z.object({
  dataset: z.string(),
  version: z.number(),
  /** The hash of a part. */
  part: z.string().nullable().default(null),
  digest: z.string(),
  boot: z.string(),
});
export type Fill = z.infer<typeof Fill>;
export type Filling = Pick<Fill, 'dataset' | 'version' | 'part'>;

/** Whether it fills this very version, or this very part of it. */
export function isFillOf(fill: Filling, { dataset, version, part }: Filling): boolean {
  return fill.dataset === dataset && fill.version === version && fill.part === part;
}

export interface StagingFolder {
  id: string;
  path: string;
  /** Null where it can't be told. */
  fill: Fill | null;
  /** Ranges of packs in the journal. */
  finished: number;
}

export async function listStaging(cache: string): Promise<StagingFolder[]> {
  const ids = (await unlessAbsent(readdir(layout.staging(cache)))) ?? [];
  return Promise.all(
    ids.map(async (id) => {
      const path = join(layout.staging(cache), id);
      return { id, path, fill: await readFill(path), finished: readRanges(staged.journal(path)).length };
    }),
  );
}

async function readFill(staging: string): Promise<Fill | null> {
  try {
    return Fill.parse(JSON.parse(await readFile(staged.fill(staging), 'utf8')));
  } catch {
    return null;
  }
}

/** Which staging folder to go on with: of this very content, of this boot (its files were never flushed), furthest on. */
export function chooseStaging(folders: StagingFolder[], wanted: Fill): StagingFolder | undefined {
  return folders
    .filter(({ fill }) => fill?.digest === wanted.digest && fill.boot === wanted.boot)
    .sort((a, b) => b.finished - a.finished)[0];
}

/**
 * Makes `.forebay/staging/<fillId>/` and takes every other staging folder of the version (or part) away from whoever had it:
 * the best becomes ours, the rest trash. A filler that had stalled finds its folder gone, and can't publish.
 * Of several that take over at once, one stays; the others get `folder-busy`.
 */
export async function takeOver(
  cache: string,
  fillId: string,
  version: { dataset: string; version: number; part?: string | null; digest: string },
): Promise<string> {
  const wanted: Fill = { ...version, part: version.part ?? null, boot: await bootId() };
  const own = join(layout.staging(cache), fillId);
  const before = await listRivals(cache, fillId, wanted);
  const best = chooseStaging(before, wanted);
  for (const rival of before) if (rival !== best) await moveToTrash(cache, rival.path);
  if (!best || !(await inherit(best, own))) await makeStaging(cache, own, wanted);
  for (const rival of await listRivals(cache, fillId, wanted)) {
    if (rival.id === fillId) continue;
    if (rival.id < fillId || !(await unlessAbsent(stat(own)))) {
      await moveToTrash(cache, own);
      throw takenOver();
    }
    await moveToTrash(cache, rival.path);
  }
  return own;
}

async function listRivals(cache: string, fillId: string, wanted: Fill): Promise<StagingFolder[]> {
  const all = await listStaging(cache);
  return all.filter(({ id, fill }) => id === fillId || (fill !== null && isFillOf(fill, wanted)));
}

/** False where somebody else was faster. */
async function inherit(best: StagingFolder, own: string): Promise<boolean> {
  if (best.path !== own && !(await unlessAbsent(rename(best.path, own).then(() => true)))) return false;
  await makeWritable(staged.tree(own));
  return true;
}

async function makeStaging(cache: string, own: string, fill: Fill): Promise<void> {
  await mkdir(staged.tree(own), { recursive: true });
  await inheritGroup(cache, own);
  await writeFile(staged.fill(own), JSON.stringify(fill));
}

/** The cache's group reaches every file below: by the set-group-id bit, or as BSD and macOS do anyway. */
async function inheritGroup(cache: string, staging: string): Promise<void> {
  const { gid } = await stat(cache);
  const tree = staged.tree(staging);
  if (process.platform !== 'linux' || (await stat(tree)).gid === gid) return;
  try {
    await chown(tree, -1, gid);
  } catch {
    return; // Not a member of that group: the files keep ours.
  }
  await chmod(tree, 0o2700);
}
