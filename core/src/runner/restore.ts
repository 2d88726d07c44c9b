import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ForebayError } from '../api/errors.ts';

const run = promisify(execFile);
const roomy = { maxBuffer: 1 << 26 };

/** Where a commit can be had: the repository that `folder` lies in, and the folder's place in it. */
export async function findCommit(
  folder: string,
  commit: string,
): Promise<{ repository: string; prefix: string } | undefined> {
  try {
    const git = async (...args: string[]) => (await run('git', ['-C', folder, ...args])).stdout.trim();
    await git('cat-file', '-e', `${commit}^{commit}`);
    return {
      repository: await git('rev-parse', '--show-toplevel'),
      prefix: await git('rev-parse', '--show-prefix'),
    };
  } catch {
    return undefined;
  }
}

export interface RecordedPython {
  executable: string;
  version: string;
}

export interface RecordedCode {
  commit: string;
  /** What differed from the commit; empty where nothing did. */
  diff: Uint8Array;
  untracked: readonly { path: string; bytes: Uint8Array }[];
}

/** The code as it was, in a worktree of its own at `target`, which must not exist. Throws `folder-not-empty`, `damaged`. */
export async function restoreCode(repository: string, code: RecordedCode, target: string): Promise<void> {
  const git = (at: string, ...args: string[]) => run('git', ['-C', at, ...args], roomy);
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
  for (const { path: relative, bytes } of code.untracked) {
    const file = path.join(target, relative);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}

/** A virtual environment with the recorded packages; its interpreter. By uv where that is there. Throws `node-unfit`. */
export async function restorePython(
  python: RecordedPython,
  requirements: string,
  target: string,
): Promise<string> {
  const interpreter = path.join(target, 'bin', 'python');
  const list = `${target}.requirements.txt`;
  await writeFile(list, requirements);
  const isThere = (await versionOf(python.executable)) === python.version;
  try {
    if ((await versionOf('uv')) !== undefined) {
      const wanted = isThere ? python.executable : python.version;
      await run(
        'uv',
        ['venv', '--quiet', '--no-project', '--allow-existing', '--python', wanted, target],
        roomy,
      );
      await run('uv', ['pip', 'install', '--quiet', '--python', interpreter, '-r', list], roomy);
    } else if (isThere) {
      await run(python.executable, ['-m', 'venv', target], roomy);
      const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', list];
      await run(interpreter, pip, roomy);
    } else {
      throw new Error(
        `${python.executable} is no Python ${python.version} any more, and there is no uv to find one.`,
      );
    }
  } catch (cause) {
    throw new ForebayError(
      'node-unfit',
      `The recorded packages can't be installed: ${lastLine(cause)}`,
      'Run it with the packages of now: add --current-environment.',
      { cause },
    );
  }
  return interpreter;
}

/** What `--version` says after the program's name; undefined where it can't be run. */
const versionOf = (program: string): Promise<string | undefined> =>
  run(program, ['--version']).then(
    ({ stdout }) => stdout.trim().split(' ')[1] ?? '',
    () => undefined,
  );

function lastLine(cause: unknown): string {
  const { stderr, message } = cause as { stderr?: string; message: string };
  return (stderr || message).trim().split('\n').at(-1) ?? '';
}
