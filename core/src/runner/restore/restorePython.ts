import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ForebayError } from '../../api/errors.ts';
import { execute, lastLine } from './execute.ts';

export interface RecordedPython {
  executable: string;
  version: string;
}

/** Why no environment of this Python can be made here, in a sentence; null where one can. */
export async function whyNoPython({ executable, version }: RecordedPython): Promise<string | null> {
  if ((await versionOf('uv')) !== undefined || (await versionOf(executable)) === version) return null;
  return `${executable} is no Python ${version} any more, and there is no uv to find one.`;
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
      await execute('uv', 'venv', '--quiet', '--no-project', '--allow-existing', '--python', wanted, target);
      await execute('uv', 'pip', 'install', '--quiet', '--python', interpreter, '-r', list);
    } else if (isThere) {
      await execute(python.executable, '-m', 'venv', target);
      const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', list];
      await execute(interpreter, ...pip);
    } else {
      throw new Error((await whyNoPython(python)) ?? '');
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
  execute(program, '--version').then(
    (stdout) => stdout.trim().split(' ')[1] ?? '',
    () => undefined,
  );
