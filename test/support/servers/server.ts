import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';

interface ServerOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Answers with 200 as soon as the server works. */
  answersAt: string;
}

/** A web server that works until it is stopped. */
export class Server {
  readonly #process: ChildProcess;
  readonly #output: string[] = [];

  private constructor(child: ChildProcess) {
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => this.#output.push(chunk));
    }
  }

  static async start(
    command: string,
    args: string[],
    { cwd, env, answersAt }: ServerOptions,
  ): Promise<Server> {
    const server = new Server(spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] }));
    await server.#answers(answersAt);
    return server;
  }

  /** All that it printed. */
  get output(): string {
    return this.#output.join('');
  }

  async #answers(url: string): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (Date.now() < deadline && this.#process.exitCode === null) {
      if (await saysYes(url)) return;
      await delay(100);
    }
    throw new Error(`${this.#process.spawnfile} didn't answer:\n${this.output}`);
  }

  /** Ends it in its own way, and waits for that. */
  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    this.#process.kill('SIGTERM');
    await once(this.#process, 'exit');
  }
}

/** By HTTPS whoever signed the certificate. */
function saysYes(url: string): Promise<boolean> {
  const { get } = url.startsWith('https:') ? https : http;
  return new Promise((resolve) => {
    const request = get(url, { rejectUnauthorized: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    request.on('error', () => resolve(false));
  });
}
