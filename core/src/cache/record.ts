import { open, readFile } from 'node:fs/promises';
import * as z from 'zod';
import type { Selection } from '../api/schemas.ts';
import { isSameSelection } from '../api/selection.ts';
import { partHash, SelectionJson } from '../dataset/selection.ts';
import { unlessAbsent } from './errno.ts';

/** `vN.json` or, of a part, `vN+HASH.json`, beside the folder: what was proved about it. */
export const PlacementRecord = z.looseObject({
  format: z.literal(1),
  dataset: z.object({ id: z.string(), name: z.string() }),
  version: z.number().int(),
  /** Of the whole version, also where a part of it is cached. */
  digest: z.string(),
  /** Of a part: which. */
  selection: SelectionJson.optional(),
  files: z.number().int(),
  links: z.number().int(),
  folders: z.number().int(),
  /** Of the files' contents. */
  bytes: z.number().int(),
  fill: z.string(),
  /** Of the folder: decimal, since it may exceed what a double holds. */
  inode: z.string(),
  /** RFC 3339: when every byte was last hashed. */
  verified: z.string(),
});
export type PlacementRecord = z.infer<typeof PlacementRecord>;

/** What stands on disk under a version's name. */
export interface Found {
  path: string;
  /** Of the folder; null where there is none. */
  inode: string | null;
  /** Null where it is missing or can't be read. */
  record: PlacementRecord | null;
}

export interface CachedVersion {
  version: number;
  digest: string;
  /** Of its manifest in the lake. */
  root: string;
  /** Of the part, where it is one. */
  files: number;
  bytes: number;
  /** The part that is cached or wanted; none: the whole version. */
  selection?: Selection | null;
}

/** A version that is there and lends its files to another. */
export interface Lender extends CachedVersion {
  /** Paths that it must not lend: what lies there isn't what was synced. */
  damaged?: readonly string[] | undefined;
}

/** The part's hash, null for a whole version. */
export function partOf({ selection }: { selection?: Selection | null | undefined }): string | null {
  return selection ? partHash(selection) : null;
}

/** Undamaged, of this very version or part, and proved for this very folder: only then it is ready. */
export function isReady(
  { inode, record }: Found,
  wanted: { datasetId: string; version: number; digest?: string; selection?: Selection | null | undefined },
): boolean {
  return (
    record !== null &&
    inode !== null &&
    record.inode === inode &&
    record.dataset.id === wanted.datasetId &&
    record.version === wanted.version &&
    isSameSelection(record.selection ?? null, wanted.selection ?? null) &&
    (wanted.digest === undefined || record.digest === wanted.digest)
  );
}

export async function readRecord(path: string): Promise<PlacementRecord | null> {
  const text = await unlessAbsent(readFile(path, 'utf8'));
  if (text === undefined) return null;
  try {
    return PlacementRecord.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Read-only and flushed; the caller renames it to where it counts. */
export async function writeRecord(path: string, record: PlacementRecord): Promise<void> {
  const file = await open(path, 'w', 0o644);
  try {
    await file.writeFile(`${JSON.stringify(record, null, 2)}\n`);
    await file.chmod(0o444);
    await file.sync();
  } finally {
    await file.close();
  }
}
