import { access, constants, open } from 'node:fs/promises';
import path from 'node:path';

/** An interpreter, and how it was found, for people. */
export interface FoundPython {
  program: string;
  from: string;
}

interface Place {
  folder: string;
  env: NodeJS.ProcessEnv;
}

/** Bytes of a script that are looked at. */
const most = 65_536;

export const isPython = (program: string) => /^python[\d.]*$/.test(path.basename(program));

/**
 * The Python that a command takes: the one that it names or its script does, that of the environment which it lies in, then
 * of the one that is active. What merely stands on PATH counts only for a command that speaks of Python.
 */
export async function findPython(command: readonly string[], place: Place): Promise<FoundPython | undefined> {
  const [program = '', ...args] = command;
  if (isPython(program)) return { program, from: 'the command' };
  // Its own Python is not that of what it runs, which only it finds.
  if (launchers.has(path.basename(program)) && args.includes('run')) return undefined;
  const file = await fileOf(program, place);
  const script = file === undefined ? '' : await headOf(file);
  const own =
    path.basename(program) === 'uv' && args.includes('run')
      ? await projectPython(place.folder)
      : ((await shebangPython(script, place)) ?? namedIn(args) ?? (file && (await pythonBeside(file))));
  if (own) return own;
  const active = await activePython(place.env);
  if (active) return active;
  const named = await Promise.all(args.slice(0, 2).map((each) => headOf(path.resolve(place.folder, each))));
  const scripts = [script, ...named].filter((head) => head.startsWith('#!') || isShell(program));
  const said = [...command, ...scripts].join('\n');
  return /\bpython[\d.]*\b|\.py\b/.test(said) ? await pythonOnPath('python3', place) : undefined;
}

/** Managers of environments, by which a command runs in one of theirs. */
const launchers = new Set([
  ...['conda', 'mamba', 'micromamba', 'pixi'],
  ...['poetry', 'pipenv', 'pdm', 'hatch', 'rye'],
]);

/** What another program starts: `mpirun -n 2 ./venv/bin/python train.py`. */
function namedIn(args: readonly string[]): FoundPython | undefined {
  const program = args.find(isPython);
  return program === undefined ? undefined : { program, from: 'the command' };
}

/** `#!/env/bin/python`, `#!/usr/bin/env python3`, and what pip writes where the first is too long for the kernel. */
async function shebangPython(script: string, place: Place): Promise<FoundPython | undefined> {
  const [first = '', second = ''] = script.split('\n');
  if (!first.startsWith('#!')) return undefined;
  const from = "its script's first line";
  const words = first.slice(2).trim().split(/\s+/);
  const [interpreter = '', ...rest] = words;
  if (isPython(interpreter)) return { program: interpreter, from };
  if (path.basename(interpreter) === 'env') {
    const name = rest.find((word) => !word.startsWith('-') && !word.includes('='));
    return name !== undefined && isPython(name) ? pythonOnPath(name, place, from) : undefined;
  }
  const [, long] = /^'''exec'\s+"?([^"]*?)"?\s+"\$0"/.exec(second) ?? [];
  return long !== undefined && isPython(long) ? { program: long, from } : undefined;
}

/** Where the command is an environment's own; beside `/bin/sh` lies a Python that it has nothing to do with. */
async function pythonBeside(file: string): Promise<FoundPython | undefined> {
  const bin = path.dirname(file);
  const signs = await Promise.all(
    ['pyvenv.cfg', 'conda-meta'].map((name) => exists(path.join(bin, '..', name))),
  );
  return signs.includes(true) ? pythonIn(bin, 'beside the command') : undefined;
}

/** What `uv run` takes within a project. */
async function projectPython(folder: string): Promise<FoundPython | undefined> {
  for (let at = folder; ; at = path.dirname(at)) {
    if (await exists(path.join(at, 'pyproject.toml'))) {
      return pythonIn(path.join(at, '.venv', 'bin'), "the project's .venv");
    }
    if (at === path.dirname(at)) return undefined;
  }
}

/** Of two that are active at once, as an environment within Conda's, the one that PATH has first. */
async function activePython(env: NodeJS.ProcessEnv): Promise<FoundPython | undefined> {
  const active = ['CONDA_PREFIX', 'VIRTUAL_ENV'].flatMap((from) => {
    const top = env[from];
    return top ? [{ from, bin: path.join(top, 'bin') }] : [];
  });
  const onPath = foldersOf(env);
  const rank = ({ bin }: { bin: string }) => (onPath.includes(bin) ? onPath.indexOf(bin) : onPath.length);
  for (const { bin, from } of active.toSorted((one, other) => rank(one) - rank(other))) {
    const found = await pythonIn(bin, from);
    if (found) return found;
  }
  return undefined;
}

async function pythonIn(bin: string, from: string): Promise<FoundPython | undefined> {
  const program = path.join(bin, 'python');
  return (await exists(program)) ? { program, from } : undefined;
}

async function pythonOnPath(name: string, place: Place, from = 'PATH'): Promise<FoundPython | undefined> {
  const program = await fileOf(name, place);
  return program === undefined ? undefined : { program, from };
}

/** A program's file, as the system finds it. */
async function fileOf(program: string, { folder, env }: Place): Promise<string | undefined> {
  const files = program.includes('/')
    ? [path.resolve(folder, program)]
    : foldersOf(env).map((each) => path.resolve(folder, each, program));
  for (const file of files) if (await exists(file, constants.X_OK)) return file;
  return undefined;
}

const foldersOf = (env: NodeJS.ProcessEnv) => (env.PATH ?? '').split(path.delimiter).filter(Boolean);

const isShell = (program: string) => /^(?:ba|da|k|z)?sh$/.test(path.basename(program));

const exists = (file: string, mode = constants.F_OK) =>
  access(file, mode).then(
    () => true,
    () => false,
  );

/** Empty of what is no file. */
async function headOf(file: string): Promise<string> {
  // A pipe would be waited for, or what stands in it lost.
  const opened = await open(file, constants.O_RDONLY | constants.O_NONBLOCK).catch(() => undefined);
  if (!opened) return '';
  try {
    if (!(await opened.stat()).isFile()) return '';
    const { buffer, bytesRead } = await opened.read(Buffer.alloc(most), 0, most, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await opened.close();
  }
}
