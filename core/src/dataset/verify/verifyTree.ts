import { lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ForebayError } from '../../api/errors.ts';
import type { VerifyResult } from '../../api/schemas.ts';
import { windowsOf } from '../checkout/read/windows.ts';
import { parentOf } from '../checkout/write/paths.ts';
import type { TreeSize } from '../checkout/write/systemError.ts';
import { WriterPool } from '../checkout/write/writerPool.ts';
import type { Entry, FileEntry } from '../entry.ts';
import type { Leaves } from '../manifest/read.ts';
import type { Control } from '../progress.ts';

export interface VerifyTreeRequest {
  folder: string;
  /** What belongs there. */
  leaves: Leaves;
  size: TreeSize;
}

type Problem = VerifyResult['problems'][number];

const filesPerTask = 256;

/** Hashes every file of a folder against a manifest; names what is missing, different, or doesn't belong. */
export async function verifyTree(
  { folder, leaves, size }: VerifyTreeRequest,
  control: Control,
): Promise<VerifyResult> {
  const problems: Problem[] = [];
  const sum = { files: 0, bytes: 0 };
  const belongs = new Set<string>(['']);
  const pool = new WriterPool();
  const stop = (): void => void pool.close();
  control.signal.addEventListener('abort', stop, { once: true });
  const checkSome = async (files: FileEntry[]): Promise<void> => {
    const failures = await pool.run({ kind: 'check', folder, items: files });
    for (const { index, code, message } of failures) {
      problems.push({ path: files[index]?.path ?? '', problem: sayFailure(code, message) });
    }
    sum.files += files.length;
    for (const file of files) sum.bytes += file.size;
    control.report({ phase: 'verifying', ...sum, filesTotal: size.files, bytesTotal: size.bytes });
  };
  try {
    if (control.signal.aborted) throw new ForebayError('cancelled', 'Cancelled.');
    for await (const window of windowsOf(leaves, control.signal)) {
      const files = window.filter((entry) => entry.kind === 'file');
      const checks: Promise<void>[] = [];
      for (let at = 0; at < files.length; at += filesPerTask) {
        checks.push(checkSome(files.slice(at, at + filesPerTask)));
      }
      await Promise.all(checks);
      for (const entry of window) {
        for (let path = entry.path; !belongs.has(path); path = parentOf(path)) belongs.add(path);
        problems.push(...problemsOf(folder, entry));
      }
    }
    problems.push(...strangersIn(folder, belongs));
    problems.sort((a, b) => (a.path < b.path ? -1 : 1));
    return { ok: problems.length === 0, ...sum, problems };
  } catch (error) {
    throw control.signal.aborted ? new ForebayError('cancelled', 'Cancelled.') : error;
  } finally {
    control.signal.removeEventListener('abort', stop);
    await pool.close();
  }
}

function sayFailure(code: string, message: string): string {
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'is missing';
  if (code === 'ELOOP') return 'is a link where a file belongs';
  return code === 'damaged' ? message : `can't be read: ${message}`;
}

/** Of a folder or a link; a file's content isn't read here. */
export function problemsOf(folder: string, entry: Entry): Problem[] {
  if (entry.kind === 'file') return [];
  const { path } = entry;
  const stat = lstatSync(join(folder, path), { throwIfNoEntry: false });
  if (stat === undefined) return [{ path, problem: 'is missing' }];
  if (entry.kind === 'folder') return stat.isDirectory() ? [] : [{ path, problem: 'is not a folder' }];
  if (!stat.isSymbolicLink()) return [{ path, problem: 'is not a link' }];
  const target = readlinkSync(join(folder, path));
  return target === entry.target
    ? []
    : [{ path, problem: `points to '${target}', not to '${entry.target}'` }];
}

function* strangersIn(top: string, belongs: ReadonlySet<string>): Generator<Problem> {
  const folders = [''];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const at = join(top, folder);
    if (lstatSync(at, { throwIfNoEntry: false })?.isDirectory() !== true) continue;
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (!belongs.has(path)) yield { path, problem: "doesn't belong to this version" };
      else if (entry.isDirectory()) folders.push(path);
    }
  }
}
