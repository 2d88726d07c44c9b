import { isForebayError } from '../../../api/errors.ts';
import { keyOf } from '../../names.ts';
import type { Transfer } from '../transfer.ts';
import { damagedFile } from '../write/damage.ts';
import { type BadFile, writeBuffer } from '../write/writeBuffer.ts';
import { Arrival } from './arrival.ts';
import type { Read } from './planReads.ts';

/** Gets one range of a pack and has its files hashed and written; what is wrong is read once more from the lake. */
export async function fetchRead(read: Read, transfer: Transfer): Promise<void> {
  let bad = await tryOnce(read, transfer);
  if (bad.length > 0) bad = await tryOnce({ ...read, files: bad.map(({ file }) => file) }, transfer);
  if (bad.length === 0) return transfer.finished({ pack: read.pack, ...read.range });
  const key = keyOf.pack(transfer.datasetId, read.pack);
  for (const { file, problem } of bad) {
    transfer.damaged(file.entry, damagedFile(file.entry.path, key, problem));
  }
}

async function tryOnce(read: Read, transfer: Transfer): Promise<BadFile[]> {
  const arrival = new Arrival(read, transfer);
  const buffer = transfer.buffers.take();
  const filled = await load(read, transfer, new Uint8Array(buffer), arrival.count);
  const bad =
    filled === undefined
      ? read.files.map((file) => ({ file, problem: 'the pack is missing' }))
      : await writeBuffer(read.files, read.range.offset, { buffer, filled }, arrival.handingOver);
  arrival.end();
  transfer.buffers.giveBack(buffer);
  return bad;
}

/** How many bytes came: fewer than asked for where the pack is shorter, undefined where there is none. */
async function load(
  { pack, range }: Read,
  { lake, datasetId, signal }: Transfer,
  into: Uint8Array,
  arrived: (bytes: number) => void,
): Promise<number | undefined> {
  const key = keyOf.pack(datasetId, pack);
  try {
    return (await lake.get(key, { range, signal, arrived, into }))?.length;
  } catch (error) {
    // The lake refuses a range that the object doesn't have; what there is tells which files are lost.
    if (!isForebayError(error, 'damaged')) throw error;
    const all = await lake.get(key, { signal });
    const part = all?.subarray(range.offset, range.offset + range.length);
    if (part) into.set(part);
    return part?.length;
  }
}
