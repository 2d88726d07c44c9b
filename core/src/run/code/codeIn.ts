import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Which code a command runs, as far as git knows it. */
export interface Code {
  commit: string;
  branch: string | null;
  /** Of the remote `origin`, without credentials. */
  repository: string | null;
  /** Files that differ from the commit, untracked ones included. */
  changed: number;
  /** `git apply` makes the working tree of it. */
  diff: Buffer;
  untracked: { path: string; bytes: Buffer; executable: boolean }[];
  /** Changes that are too large to keep, and untracked files that hold secrets, by name. */
  leftOut: string[];
}

const mebibyte = 2 ** 20;
/** Bytes: of the diff, of one untracked file, and of all of them. */
const most = { diff: 16 * mebibyte, file: mebibyte, untracked: 16 * mebibyte } as const;

/** As `git apply` takes it, whatever this user's git is set to show. */
const plainDiff = [
  ...['--no-ext-diff', '--no-textconv', '--no-color'],
  ...['--src-prefix=a/', '--dst-prefix=b/', '--binary'],
];

/** Undefined outside a git repository, and without git. */
export async function codeIn(folder: string): Promise<Code | undefined> {
  const options = { cwd: folder, maxBuffer: 4 * most.diff, encoding: 'buffer' } as const;
  const git = async (...args: string[]) => (await promisify(execFile)('git', args, options)).stdout;
  const line = async (...args: string[]) => (await git(...args)).toString().trim();
  try {
    const commit = await line('rev-parse', 'HEAD');
    const branch = await line('rev-parse', '--abbrev-ref', 'HEAD');
    const top = await line('rev-parse', '--show-toplevel');
    const remote = await line('remote', 'get-url', 'origin').catch(() => '');
    const changed = (await line('status', '--porcelain')).split('\n').filter(Boolean).length;
    const diff = await git('diff', ...plainDiff, 'HEAD').catch(() => undefined);
    const others = await git('ls-files', '--others', '--exclude-standard', '--full-name', '-z', top);
    const { kept, leftOut } = await readUntracked(top, others.toString().split('\0').filter(Boolean));
    const whole = diff !== undefined && diff.length <= most.diff;
    return {
      commit,
      branch: branch === 'HEAD' ? null : branch,
      repository: remote === '' ? null : withoutCredentials(remote),
      changed,
      diff: whole ? diff : Buffer.alloc(0),
      untracked: kept,
      leftOut: whole ? leftOut : ['the diff', ...leftOut],
    };
  } catch {
    return undefined;
  }
}

/** An address may hold a token (`https://user:token@host`), which is nobody's business. */
export const withoutCredentials = (remote: string): string =>
  remote.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/]*@/i, '$1');

/** Files that hold keys and passwords by custom: named, never kept. */
export const isSecret = (path: string): boolean =>
  /(^|\/)(\.env(\.[^/]*)?|\.netrc|[^/]*\.(pem|key|p12|pfx))$/i.test(path);

async function readUntracked(top: string, paths: readonly string[]) {
  const kept: Code['untracked'] = [];
  const leftOut: string[] = [];
  let room: number = most.untracked;
  for (const path of paths) {
    const found = await stat(join(top, path)).catch(() => undefined);
    if (isSecret(path) || !found?.isFile() || found.size > Math.min(most.file, room)) {
      leftOut.push(path);
      continue;
    }
    kept.push({
      path,
      bytes: await readFile(join(top, path)),
      executable: (found.mode & 0o100) !== 0,
    });
    room -= found.size;
  }
  return { kept, leftOut };
}
