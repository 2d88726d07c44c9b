import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@forebay/core/client';
import { socketPathOf, unixTransport } from '@forebay/core/launch';
import { node, removeTree, root } from '../support/home.ts';

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
  json: <T = Record<string, unknown>>() => T;
}

interface Asked {
  body?: unknown;
  headers?: Record<string, string>;
}

/** A machine of its own with the daemon run from source, asked by plain HTTP or by the client. */
export class Machine {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  readonly socket: string;
  readonly client: Client;
  daemon: ChildProcess | undefined;
  /** What the daemon printed. */
  log = '';

  constructor(folder: string, env: NodeJS.ProcessEnv = {}) {
    this.folder = folder;
    this.home = join(folder, 'home');
    this.env = { ...process.env, FOREBAY_HOME: this.home, XDG_RUNTIME_DIR: join(folder, 'run'), ...env };
    this.socket = socketPathOf(this.home, this.env);
    this.client = new Client(unixTransport(this.socket));
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  /** Starts a daemon and waits until it answers, or has ended. */
  async start(args: string[] = ['--stay'], env: NodeJS.ProcessEnv = {}): Promise<ChildProcess> {
    const child = spawn(node, [join(root, 'core/src/main.ts'), 'daemon', ...args], {
      cwd: this.folder,
      env: { ...this.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const note = (text: string) => {
      this.log += text;
    };
    child.stdout.setEncoding('utf8').on('data', note);
    child.stderr.setEncoding('utf8').on('data', note);
    for (;;) {
      if (child.exitCode !== null || child.signalCode !== null) return child;
      const hello = await this.client.app.hello().catch(() => undefined);
      if (hello?.pid === child.pid) {
        this.daemon = child;
        return child;
      }
      await sleep(20);
    }
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const child = this.daemon;
    this.daemon = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    await exit;
  }

  async remove(): Promise<void> {
    await this.end();
    await removeTree(this.folder);
  }

  ask(method: string, path: string, { body, headers = {} }: Asked = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const type = body === undefined ? {} : { 'content-type': 'application/json' };
      const asked = request(
        { socketPath: this.socket, method, path, headers: { ...type, ...headers }, agent: false },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: answer.headers,
              text,
              json: () => JSON.parse(text),
            }),
          );
          answer.on('error', reject);
        },
      );
      asked.on('error', reject);
      asked.end(body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
    });
  }

  /** An answer that stays open: what came so far, and how to leave. */
  async stream(path: string, headers: Record<string, string> = {}) {
    const asked = request({ socketPath: this.socket, path, headers, agent: false });
    asked.end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    const opened = { text: '', ended: false, leave: () => asked.destroy() };
    asked.on('error', () => {});
    answer.setEncoding('utf8').on('data', (chunk: string) => {
      opened.text += chunk;
    });
    answer.on('close', () => {
      opened.ended = true;
    });
    answer.on('error', () => {});
    return opened;
  }

  /** A working copy with these files, synced as a version; answers its folder. */
  async dataset(name: string, files: Record<string, string | Buffer>): Promise<string> {
    const folder = this.path('work', name);
    await mkdir(folder, { recursive: true });
    await this.client.workingCopies.create({ folder, dataset: name });
    await this.sync(folder, files);
    return folder;
  }

  async sync(folder: string, files: Record<string, string | Buffer>) {
    for (const [path, content] of Object.entries(files)) {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await writeFile(join(folder, path), content);
    }
    return this.client.jobs.follow((await this.client.workingCopies.sync({ folder })).id);
  }

  /** A ready placement of the version. */
  async cached(ref: string, cache?: string) {
    const placement = await this.client.placements.add({ ref, ...(cache ? { cache } : {}) });
    if (placement.job) await this.client.jobs.follow(placement.job);
    return this.client.placements.get(placement.id);
  }
}

export async function newMachine(env: NodeJS.ProcessEnv = {}): Promise<Machine> {
  const folder = await mkdtemp(join(tmpdir(), 'fbd-'));
  await mkdir(join(folder, 'run'), { mode: 0o700 });
  return new Machine(folder, env);
}

/** Waits until `condition` holds; the test's own time limit ends a wait that is in vain. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20);
}
