import { ForebayError } from '../../api/errors.ts';
import type { Lake } from '../../lake/lake.ts';
import { fetchAll } from '../checkout/read/fetchAll.ts';
import { SharedBuffers } from '../checkout/read/sharedBuffers.ts';
import type { Transfer } from '../checkout/transfer.ts';
import { WriterPool } from '../checkout/write/writerPool.ts';
import type { FileEntry } from '../entry.ts';
import type { Control } from '../progress.ts';

export interface HashFilesRequest {
  lake: Lake;
  datasetId: string;
  /** Files in runs that are planned together; in path order few requests bring them. */
  windows: () => AsyncIterable<FileEntry[]>;
  /** Null where it isn't known beforehand. */
  total: { files: number | null; bytes: number | null };
  damaged: (file: FileEntry, error: ForebayError) => void;
  /** An imported object that is another now. */
  changed: (file: FileEntry) => void;
  /** What was learned of an imported object. */
  learn?: (file: FileEntry, sha256: string) => void;
  /** Counts the files that are whole. */
  sum: { files: number; bytes: number };
}

/** Reads files in the lake and hashes them in threads. Throws `cancelled`. */
export async function hashFiles(
  { lake, datasetId, windows, total, damaged, changed, learn = () => {}, sum }: HashFilesRequest,
  control: Control,
): Promise<void> {
  let coming = 0;
  const report = (): void => {
    const { files: filesTotal, bytes: bytesTotal } = total;
    control.report({ phase: 'verifying', ...sum, bytes: sum.bytes + coming, filesTotal, bytesTotal });
  };
  const pool = new WriterPool();
  const stop = (): void => void pool.close();
  control.signal.addEventListener('abort', stop, { once: true });
  const transfer: Transfer = {
    lake,
    datasetId,
    pool,
    buffers: new SharedBuffers(),
    folder: null,
    signal: control.signal,
    modeOf: () => ({ bits: 0o444, exact: true }),
    coming: (bytes) => {
      coming += bytes;
      if (bytes > 0) report();
    },
    done: (file) => {
      sum.files++;
      sum.bytes += file.size;
      report();
    },
    linked: () => undefined,
    finished: () => undefined,
    begun: new Map(),
    tookOver: () => undefined,
    damaged,
    changed: (files) => {
      for (const file of files) changed(file);
    },
    learn,
    refused: (thrown) => {
      throw thrown;
    },
  };
  try {
    if (control.signal.aborted) throw new ForebayError('cancelled', 'Cancelled.');
    await fetchAll(transfer, windows);
  } catch (error) {
    throw control.signal.aborted ? new ForebayError('cancelled', 'Cancelled.') : error;
  } finally {
    control.signal.removeEventListener('abort', stop);
    await pool.close();
  }
}
