import type { FileEntry } from '../../entry.ts';
import type { Transfer } from '../transfer.ts';
import { Limiter } from '../write/limiter.ts';
import { writeEmpty } from '../write/writeBuffer.ts';
import { fetchExternals } from './fetchExternals.ts';
import { fetchRead } from './fetchRead.ts';
import { fetchStreamed } from './fetchStreamed.ts';
import { planExternals } from './planExternals.ts';
import { planReads } from './planReads.ts';

/** Reads under way at once: while two are being written, two more arrive. Bounds memory, with the size of a read. */
const readsAtOnce = 4;

/** Fetches window after window; the next one is planned while the last one's reads are under way. */
export async function fetchAll(shared: Transfer, windows: () => AsyncIterable<FileEntry[]>): Promise<void> {
  const failed = new AbortController();
  const transfer = { ...shared, signal: AbortSignal.any([shared.signal, failed.signal]) };
  const limiter = new Limiter(readsAtOnce);
  try {
    for await (const files of windows()) {
      const { outside, inside } = planExternals(files);
      const { reads, empty, streamed } = planReads(inside);
      if (empty.length > 0) await limiter.start(() => writeEmpty(empty, transfer));
      for (const read of reads) await limiter.start(() => fetchRead(read, transfer));
      for (const group of outside) await limiter.start(() => fetchExternals(group, transfer));
      for (const file of streamed) await limiter.start(() => fetchStreamed(file, transfer));
    }
    await limiter.drain();
  } catch (error) {
    failed.abort();
    await Promise.all([transfer.pool.close(), limiter.settle()]);
    throw error;
  }
}
