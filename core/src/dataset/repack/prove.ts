import { createHash, hash } from 'node:crypto';
import { isForebayError } from '../../api/errors.ts';
import type { Lake } from '../../lake/lake.ts';
import { readPart } from '../content/part.ts';
import type { FileEntry } from '../entry.ts';
import type { ProvedPart } from './copyParts.ts';
import type { LivePart } from './live.ts';

/**
 * Gives every part the hash that its content must have. That of a part of a larger file is known once the whole file
 * was read and hashed right; those of files that don't, or whose hash nobody knows, are left out and named.
 */
export async function proveParts(
  lake: Lake,
  datasetId: string,
  parts: readonly LivePart[],
  signal: AbortSignal,
  doubtful: (part: LivePart, damaged: boolean) => void,
): Promise<ProvedPart[]> {
  const proved: ProvedPart[] = [];
  const hashes = new Map<FileEntry, Map<string, string> | undefined>();
  for (const each of parts) {
    const { part, file, sha256 } = each;
    if (sha256 !== undefined) {
      proved.push({ ...each, sha256 });
      continue;
    }
    if (!hashes.has(file)) hashes.set(file, await partHashes(lake, datasetId, file, signal));
    const known = hashes.get(file)?.get(`${part.pack}:${part.offset}`);
    if (known !== undefined) proved.push({ ...each, sha256: known });
    else doubtful(each, file.sha256 !== null);
  }
  return proved;
}

/** Undefined where the file as a whole doesn't hash right, or no hash is known. */
async function partHashes(
  lake: Lake,
  datasetId: string,
  file: FileEntry,
  signal: AbortSignal,
): Promise<Map<string, string> | undefined> {
  if (file.sha256 === null) return undefined;
  const hashes = new Map<string, string>();
  const whole = createHash('sha256');
  try {
    for (const part of file.parts) {
      if (!('pack' in part)) return undefined;
      const content = await readPart(lake, datasetId, part, { offset: 0, length: part.size }, signal);
      whole.update(content);
      hashes.set(`${part.pack}:${part.offset}`, hash('sha256', content));
    }
  } catch (error) {
    if (isForebayError(error, 'damaged')) return undefined;
    throw error;
  }
  return whole.digest('hex') === file.sha256 ? hashes : undefined;
}
