import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** MLflow's own server on SQLite, on loopback; it can be ended in the middle and started again. */
export class MlflowServer {
  readonly url: string;
  readonly #python: string;
  readonly #folder: string;
  readonly #port: number;
  readonly #artifacts: string[];
  #child: ChildProcess | undefined;

  constructor(python: string, folder: string, port: number, artifacts: string[] = []) {
    this.#python = python;
    this.#folder = folder;
    this.#port = port;
    this.#artifacts = artifacts;
    this.url = `http://127.0.0.1:${port}`;
  }

  async start(): Promise<void> {
    mkdirSync(this.#folder, { recursive: true });
    const args = ['--backend-store-uri', 'sqlite:///mlflow.db', '--host', '127.0.0.1', '--workers', '1'];
    this.#child = spawn(
      this.#python,
      ['-m', 'mlflow', 'server', ...args, '--port', String(this.#port), ...this.#artifacts],
      // A group of its own: the server has workers, which end with it.
      { cwd: this.#folder, stdio: 'ignore', detached: true },
    );
    while (!(await this.#answers())) await delay(200);
  }

  /** As a machine that goes down. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child?.pid || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    process.kill(-child.pid, 'SIGKILL');
    await ended;
  }

  async #answers(): Promise<boolean> {
    if (this.#child?.exitCode !== null) throw new Error('The server has ended.');
    const answer = await fetch(`${this.url}/health`, { signal: AbortSignal.timeout(2000) }).catch(
      () => undefined,
    );
    return answer?.ok === true;
  }
}
