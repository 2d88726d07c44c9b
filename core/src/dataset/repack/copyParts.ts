import { hash } from 'node:crypto';
import { isForebayError } from '../../api/errors.ts';
import type { Lake } from '../../lake/lake.ts';
import { maxRead, planReads, type Read } from '../checkout/read/planReads.ts';
import { Limiter } from '../checkout/write/limiter.ts';
import { decodePart } from '../content/part.ts';
import { comparePaths, type FileEntry } from '../entry.ts';
import { keyOf } from '../names.ts';
import { packBytes, packMembers } from '../pack/plan.ts';
import { memberLength } from '../pack/tar.ts';
import { Moves } from '../rewrite/moves.ts';
import type { PackWriter } from '../rewrite/packWriter.ts';
import type { LivePart } from './live.ts';

const readsAtOnce = 4;

/** What is copied, with the hash that each part's content must have. */
export type ProvedPart = LivePart & { sha256: string };

/**
 * Copies parts into new packs as they are stored, in path order, each proved by its hash on the way; what doesn't hash right
 * stays where it is and is named. Memory is what fills one pack, twice.
 */
export async function copyParts(options: {
  lake: Lake;
  datasetId: string;
  parts: ProvedPart[];
  writer: PackWriter;
  signal: AbortSignal;
  copied: (bytes: number) => void;
  damaged: (part: ProvedPart) => void;
}): Promise<Moves> {
  const { lake, datasetId, writer, signal, copied, damaged } = options;
  const moves = new Moves();
  const parts = options.parts.toSorted(
    (a, b) => comparePaths(a.file.path, b.file.path) || a.part.offset - b.part.offset,
  );
  for (const batch of packfuls(parts)) {
    signal.throwIfAborted();
    const contents = await readBatch(lake, datasetId, batch, signal);
    for (const each of batch) {
      const stored = contents.get(each) ?? (await readAgain(lake, datasetId, each, signal));
      if (stored) moves.set(each.part, { ...each.part, ...(await writer.add(each.member, stored)) });
      else damaged(each);
      copied(each.part.length);
    }
  }
  await writer.finish();
  return moves;
}

function* packfuls(parts: readonly ProvedPart[]): Generator<ProvedPart[]> {
  let batch: ProvedPart[] = [];
  let bytes = 0;
  for (const part of parts) {
    const length = memberLength(part.member.path, part.member.size);
    if (batch.length > 0 && (bytes + length > packBytes || batch.length >= packMembers)) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(part);
    bytes += length;
  }
  if (batch.length > 0) yield batch;
}

/** Stored bytes of those that hash right. */
async function readBatch(
  lake: Lake,
  datasetId: string,
  batch: ProvedPart[],
  signal: AbortSignal,
): Promise<Map<ProvedPart, Uint8Array>> {
  const contents = new Map<ProvedPart, Uint8Array>();
  const byEntry = new Map(batch.map((each) => [asFile(each), each]));
  const { reads } = planReads([...byEntry.keys()], maxRead);
  const limiter = new Limiter(readsAtOnce);
  for (const read of reads) {
    await limiter.start(async () => {
      const bytes = await getRange(lake, datasetId, read, signal);
      for (const { entry, offset, length } of bytes ? read.files : []) {
        const each = byEntry.get(entry) as ProvedPart;
        const start = offset - read.range.offset;
        const stored = Buffer.from((bytes as Uint8Array).subarray(start, start + length));
        if (isRight(each, stored)) contents.set(each, stored);
      }
    });
  }
  await limiter.drain();
  return contents;
}

/** Once more and alone: of a read that failed, or a part larger than a read. */
async function readAgain(
  lake: Lake,
  datasetId: string,
  each: ProvedPart,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  const { pack, offset, length } = each.part;
  const stored = await getRange(lake, datasetId, { pack, range: { offset, length } }, signal);
  return stored && isRight(each, stored) ? stored : undefined;
}

async function getRange(
  lake: Lake,
  datasetId: string,
  { pack, range }: Pick<Read, 'pack' | 'range'>,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  try {
    return await lake.get(keyOf.pack(datasetId, pack), { range, signal });
  } catch (error) {
    if (isForebayError(error, 'damaged')) return undefined;
    throw error;
  }
}

function isRight({ part, sha256 }: ProvedPart, stored: Uint8Array): boolean {
  if (stored.length !== part.length) return false;
  try {
    return hash('sha256', decodePart(stored, part, part.pack)) === sha256;
  } catch (error) {
    if (isForebayError(error, 'damaged')) return false;
    throw error;
  }
}

/** For the planner, which knows files of one part. */
function asFile({ part, file, sha256 }: ProvedPart): FileEntry {
  return { ...file, size: part.size, sha256, parts: [part] };
}
