import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ForebayError } from '../../api/errors.ts';
import { execute, lastLine } from './execute.ts';

export interface RecordedCode {
  commit: string;
  /** What differed from the commit; empty where nothing did. */
  diff: Uint8Array;
  untracked: readonly { path: string; bytes: Uint8Array; executable: boolean }[];
}

/** The code as it was, in a worktree of its own at `target`, which must not exist. Throws `folder-not-empty`, `damaged`. */
export async function restoreCode(repository: string, code: RecordedCode, target: string): Promise<void> {
  const git = (at: string, ...args: string[]) => execute('git', '-C', at, ...args);
  await git(repository, 'worktree', 'add', '--quiet', '--detach', target, code.commit).catch((cause) => {
    throw new ForebayError('folder-not-empty', `git can't make ${target}: ${lastLine(cause)}`, undefined, {
      cause,
    });
  });
  if (code.diff.length > 0) {
    const file = `${target}.diff`;
    await writeFile(file, code.diff);
    await git(target, 'apply', '--whitespace=nowarn', file).catch((cause) => {
      throw new ForebayError('damaged', `The recorded diff can't be applied: ${lastLine(cause)}`, undefined, {
        cause,
      });
    });
    await rm(file);
  }
  for (const { path: relative, bytes, executable } of code.untracked) {
    const file = path.join(target, relative);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes, { mode: executable ? 0o777 : 0o666 });
  }
}
