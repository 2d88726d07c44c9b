import { ForebayError, isForebayError } from '../api/errors.ts';
import type { VerifyResult } from '../api/schemas.ts';
import type { Lake } from '../lake/lake.ts';
import { fetchAll } from './checkout/read/fetchAll.ts';
import { SharedBuffers } from './checkout/read/sharedBuffers.ts';
import { windowsOf } from './checkout/read/windows.ts';
import type { Transfer } from './checkout/transfer.ts';
import { changedObjects } from './checkout/write/damage.ts';
import { checkLinks } from './checkout/write/links.ts';
import { WriterPool } from './checkout/write/writerPool.ts';
import type { Entry } from './entry.ts';
import { Learned } from './learned/learned.ts';
import { readEntries } from './manifest/read.ts';
import { readRoot } from './manifest/root.ts';
import type { Control } from './progress.ts';

export interface VerifyVersionRequest {
  lake: Lake;
  datasetId: string;
  version: { digest: string; root: string; files: number; bytes: number };
}

/**
 * Reads every byte of a version in the lake and hashes it; damage is listed, with the file's path ('' for the
 * manifest itself). Throws `cancelled` and what keeps the lake from being read at all.
 */
export async function verifyVersion(
  { lake, datasetId, version }: VerifyVersionRequest,
  control: Control,
): Promise<VerifyResult> {
  const problems: VerifyResult['problems'] = [];
  const sum = { files: 0, bytes: 0 };
  let coming = 0;
  const report = (): void => {
    const { files: filesTotal, bytes: bytesTotal } = version;
    control.report({ phase: 'verifying', ...sum, bytes: sum.bytes + coming, filesTotal, bytesTotal });
  };
  const learned = new Learned(lake, datasetId, control.signal);
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
    begun: new Map(),
    tookOver: () => undefined,
    finished: () => undefined,
    damaged: (file, error) => void problems.push({ path: file.path, problem: error.message }),
    changed: (files) => {
      for (const { path, origin } of files) {
        const name = origin ? lake.externals.nameOf(origin.url) : path;
        problems.push({ path, problem: changedObjects([name]).message });
      }
    },
    learn: (file, sha256) => learned.note(file, sha256),
    refused: (thrown) => {
      throw thrown;
    },
  };
  try {
    if (control.signal.aborted) throw new ForebayError('cancelled', 'Cancelled.');
    await noting(problems, async () => {
      const { digest } = await readRoot(lake, datasetId, version.root, control.signal);
      if (digest !== version.digest) {
        throw new ForebayError('damaged', "The manifest doesn't have the version's digest.");
      }
      const links: Extract<Entry, { kind: 'link' }>[] = [];
      await fetchAll(transfer, async function* () {
        const entries = readEntries(lake, datasetId, version.root, { signal: control.signal });
        for await (const window of windowsOf(learned.fill(entries), control.signal)) {
          links.push(...window.filter((entry) => entry.kind === 'link'));
          yield window.filter((entry) => entry.kind === 'file');
        }
      });
      checkLinks(links);
    });
    await learned.save();
    problems.sort((a, b) => (a.path < b.path ? -1 : 1));
    return { ok: problems.length === 0, ...sum, problems };
  } catch (error) {
    throw control.signal.aborted ? new ForebayError('cancelled', 'Cancelled.') : error;
  } finally {
    control.signal.removeEventListener('abort', stop);
    await pool.close();
  }
}

async function noting(problems: VerifyResult['problems'], read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!isForebayError(error, 'damaged', 'bad-path', 'link-leaves')) throw error;
    problems.push({ path: '', problem: error.message });
  }
}
