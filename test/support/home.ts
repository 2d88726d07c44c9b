import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');
export const node = join(root, 'node_modules', 'node', 'bin', 'node');
const bundle = join(root, 'core', 'dist', 'forebay.mjs');
/** What the tests run as `forebay`: the bundle that people get. */
export const program = process.env.FOREBAY_PROGRAM ?? bundle;

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** One person's machine: a FOREBAY_HOME of its own, a socket of its own, and the command line. */
export class Home {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly program: string;

  constructor(folder: string, env: NodeJS.ProcessEnv = {}, forebay = program) {
    this.folder = folder;
    this.program = forebay;
    this.env = {
      ...process.env,
      FOREBAY_HOME: join(folder, 'home'),
      XDG_RUNTIME_DIR: join(folder, 'run'),
      FOREBAY_NODE: node,
      NO_COLOR: '1',
      ...env,
    };
  }

  get state(): string {
    return join(this.folder, 'home');
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  spawn(args: string[], options: { env?: NodeJS.ProcessEnv } = {}): ChildProcess {
    return spawn(node, [this.program, ...args], {
      cwd: this.folder,
      env: { ...this.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async run(...args: string[]): Promise<Outcome> {
    return outcome(this.spawn(args));
  }

  /** The command's `--json` value; throws with what it said if it failed. */
  async json<T>(...args: string[]): Promise<T> {
    const { code, stdout, stderr } = await this.run(...args, '--json');
    if (code !== 0) throw new Error(`forebay ${args.join(' ')} -> ${code}\n${stdout}${stderr}`);
    return JSON.parse(stdout) as T;
  }

  /** Stops the daemon if one runs, and removes everything. */
  async remove(): Promise<void> {
    if (existsSync(this.state)) await this.run('down');
    await removeTree(this.folder);
  }
}

export async function newHome(env: NodeJS.ProcessEnv = {}, forebay = program): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'fb-'));
  await mkdir(join(folder, 'run'), { mode: 0o700 });
  return new Home(folder, env, forebay);
}

/** Caches are read-only folders: given back their write bit, so that anybody may remove them. */
export async function removeTree(folder: string): Promise<void> {
  const open = async (at: string): Promise<void> => {
    await chmod(at, 0o755);
    for (const entry of await readdir(at, { withFileTypes: true })) {
      if (entry.isDirectory()) await open(join(at, entry.name));
    }
  };
  if (process.getuid?.() !== 0) await open(folder);
  await rm(folder, { recursive: true, force: true });
}

/** Everything a process prints, once it has ended. */
export function outcome(child: ChildProcess): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}
