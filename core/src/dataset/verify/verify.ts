import { ForebayError, isForebayError } from '../../api/errors.ts';
import type { VerifyResult } from '../../api/schemas.ts';
import type { Lake } from '../../lake/lake.ts';
import { windowsOf } from '../checkout/read/windows.ts';
import { changedObjects } from '../checkout/write/damage.ts';
import { checkLinks } from '../checkout/write/links.ts';
import type { Entry, FileEntry } from '../entry.ts';
import { Learned } from '../learned/learned.ts';
import { readLeaves } from '../manifest/read.ts';
import { readRoot } from '../manifest/root.ts';
import type { Control } from '../progress.ts';
import { damagedPacksOf } from '../repair/damagedPacks.ts';
import { hashFiles } from './hashFiles.ts';

export interface VerifyVersionRequest {
  lake: Lake;
  datasetId: string;
  version: { digest: string; root: string; files: number; bytes: number };
}

/** `packs`: which of the version's packs are damaged, and which are not. */
export type VerifiedVersion = VerifyResult & { packs: { damaged: string[]; whole: string[] } };

/**
 * Reads every byte of a version in the lake and hashes it; damage is listed, with the file's path ('' for the
 * manifest itself). Throws `cancelled` and what keeps the lake from being read at all.
 */
export async function verifyVersion(
  { lake, datasetId, version }: VerifyVersionRequest,
  control: Control,
): Promise<VerifiedVersion> {
  const { signal } = control;
  const problems: VerifyResult['problems'] = [];
  const damaged = new Set<string>();
  const packs = new Set<string>();
  const sum = { files: 0, bytes: 0 };
  const links: Extract<Entry, { kind: 'link' }>[] = [];
  const learned = new Learned(lake, datasetId, signal);
  await noting(problems, async () => {
    const root = await readRoot(lake, datasetId, version.root, signal);
    if (root.digest !== version.digest) {
      throw new ForebayError('damaged', "The manifest doesn't have the version's digest.");
    }
    for (const pack of root.packs.keys()) packs.add(pack);
    const doubtful: Entry[] = [];
    const hashing = {
      lake,
      datasetId,
      total: version,
      sum,
      async *windows() {
        const leaves = readLeaves(lake, datasetId, version.root, { signal });
        for await (const window of windowsOf(learned.fillLeaves(leaves), signal)) {
          links.push(...window.filter((entry) => entry.kind === 'link'));
          yield window.filter((entry) => entry.kind === 'file');
        }
      },
      damaged(file: Entry, error: ForebayError) {
        problems.push({ path: file.path, problem: error.message });
        doubtful.push(file);
      },
      changed(file: FileEntry) {
        const name = file.origin ? lake.externals.nameOf(file.origin.url) : file.path;
        problems.push({ path: file.path, problem: changedObjects([name]).message });
      },
      learn: (file: FileEntry, sha256: string) => learned.note(file, sha256),
    };
    await hashFiles(hashing, control);
    await learned.save();
    for (const pack of await damagedPacksOf(lake, datasetId, doubtful, signal)) damaged.add(pack);
    checkLinks(links);
  });
  problems.sort((a, b) => (a.path < b.path ? -1 : 1));
  const ok = problems.length === 0;
  const whole = problems.some(({ path }) => path === '')
    ? []
    : [...packs].filter((pack) => !damaged.has(pack));
  return { ok, ...sum, problems, packs: { damaged: [...damaged], whole } };
}

async function noting(problems: VerifyResult['problems'], read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!isForebayError(error, 'damaged', 'bad-path', 'link-leaves')) throw error;
    problems.push({ path: '', problem: error.message });
  }
}
