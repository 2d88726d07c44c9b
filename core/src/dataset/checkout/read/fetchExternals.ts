import { hash } from 'node:crypto';
import { isForebayError } from '../../../api/errors.ts';
import type { FileEntry } from '../../entry.ts';
import type { Transfer } from '../transfer.ts';
import { damagedFile } from '../write/damage.ts';
import { writeBuffer } from '../write/writeBuffer.ts';
import type { PackedFile } from './planReads.ts';

/** Gets imported objects whole, each by a request of its own, hashes them, and has them written out of one buffer. */
export async function fetchExternals(files: FileEntry[], transfer: Transfer): Promise<void> {
  const buffer = transfer.buffers.take();
  const arrived: PackedFile[] = [];
  const changed = new Set<FileEntry>();
  let filled = 0;
  const placed = files.map((entry) => {
    const offset = filled;
    filled += entry.size;
    return { entry, offset, length: entry.size, codec: 'raw' as const };
  });
  const fetchOne = async (file: PackedFile): Promise<void> => {
    const { entry, offset } = file;
    try {
      new Uint8Array(buffer).set(await readProved(entry, transfer), offset);
      // It was proved just now.
      arrived.push({ ...file, entry: { ...entry, sha256: null } });
      transfer.coming(entry.size);
    } catch (error) {
      if (isForebayError(error, 'object-changed')) changed.add(entry);
      else if (isForebayError(error, 'damaged')) transfer.damaged(entry, error);
      else throw error;
    }
  };
  const outcomes = await Promise.allSettled(placed.map(fetchOne));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  if (changed.size > 0) transfer.changed(files.filter((file) => changed.has(file)));
  const done = (file: FileEntry) => {
    transfer.coming(-file.size);
    transfer.done(file);
  };
  if (transfer.folder === null) for (const { entry } of arrived) done(entry);
  else await writeBuffer(arrived, 0, { buffer, filled }, { ...transfer, done });
  transfer.buffers.giveBack(buffer);
}

/** The bytes of the object; where they aren't those that were read before, it is asked once more. */
async function readProved(entry: FileEntry, transfer: Transfer): Promise<Uint8Array> {
  const [part] = entry.parts;
  if (part === undefined || !('external' in part)) throw new Error(`'${entry.path}' lies in a pack.`);
  const { externals } = transfer.lake;
  for (let attempt = 0; attempt < 2; attempt++) {
    const bytes = await externals.read(part.external, { signal: transfer.signal });
    const hex = hash('sha256', bytes, 'hex');
    if (entry.sha256 !== null && entry.sha256 !== hex) continue;
    transfer.learn(entry, hex);
    return bytes;
  }
  throw damagedFile(
    entry.path,
    externals.nameOf(part.external.url),
    'its bytes are not those that were read before under the same ETag (SHA-256 differs)',
  );
}
