import { createHash } from 'node:crypto';
import { constants, zstdCompressSync } from 'node:zlib';
import { isForebayError } from '../../api/errors.ts';
import type { Lake } from '../../lake/lake.ts';
import { readPart } from '../content/part.ts';
import type { FileEntry } from '../entry.ts';
import { memberName } from '../pack/memberNames.ts';
import type { Moves, PackPart } from '../rewrite/moves.ts';
import type { PackWriter } from '../rewrite/packWriter.ts';
import type { Source } from './source.ts';

/**
 * Writes anew those parts of a file that differ from what a healthy source holds; the others stay. False where the source
 * changed meanwhile: then nothing moves. Memory is a part, twice.
 */
export async function healFile(
  lake: Lake,
  datasetId: string,
  file: FileEntry,
  source: Source,
  { writer, moves, signal }: { writer: PackWriter; moves: Moves; signal: AbortSignal },
): Promise<boolean> {
  const whole = createHash('sha256');
  const moved: [PackPart, PackPart][] = [];
  let offset = 0;
  for (const [number, part] of file.parts.entries()) {
    if (!('pack' in part)) return false;
    const content = await source.read(offset, part.size);
    if (!content) return false;
    whole.update(content);
    offset += part.size;
    if (moves.get(part) || (await isAsIn(lake, datasetId, part, content, signal))) continue;
    const stored = part.codec === 'raw' ? content : compressed(content);
    const path = memberName(file, part.codec, number);
    const { executable, mtime } = file;
    const place = await writer.add({ path, size: stored.length, executable, mtime }, stored);
    moved.push([part, { ...part, ...place, length: stored.length }]);
  }
  if (whole.digest('hex') !== file.sha256) return false;
  for (const [from, to] of moved) moves.set(from, to);
  return true;
}

async function isAsIn(
  lake: Lake,
  datasetId: string,
  part: PackPart,
  content: Uint8Array,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const there = await readPart(lake, datasetId, part, { offset: 0, length: part.size }, signal);
    return Buffer.compare(there, content) === 0;
  } catch (error) {
    if (isForebayError(error, 'damaged')) return false;
    throw error;
  }
}

function compressed(content: Uint8Array): Uint8Array {
  return zstdCompressSync(content, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
}
