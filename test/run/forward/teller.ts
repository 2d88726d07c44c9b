import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';

/** A run as MLflow's client reads it; `files` in hex, by path. */
export interface Told {
  id: string;
  name: string;
  status: string;
  tags: Record<string, string>;
  metrics: Record<string, [step: number, time: number, value: string][]>;
  inputs: [name: string, digest: string, type: string, source: { ref: string; digest?: string }][];
  files: Record<string, string>;
  /** By name. */
  models: Record<string, ToldModel>;
}

export interface ToldModel {
  type: string;
  status: string;
  params: Record<string, string>;
  stage: string | null;
  metrics: [key: string, value: number, step: number, dataset: string | null][];
  /** Whether this run used it. */
  used: boolean;
  /** At which step this run made it; null where it didn't. */
  step: number | null;
  files: Record<string, string>;
}

/** MLflow's client, which takes seconds to load, asked again and again; one question at a time. */
export class Teller {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  readonly #lines: Interface;

  constructor(python: string, script: string) {
    this.#child = spawn(python, [script]);
    this.#child.stderr.pipe(process.stderr);
    this.#lines = createInterface(this.#child.stdout);
    this.#answers = this.#lines[Symbol.asyncIterator]();
  }

  /** An experiment's runs, or those called `name`, on the server that `env` names as MLflow's own variables do. */
  async tell(experiment: string, env: NodeJS.ProcessEnv, name?: string): Promise<Told[]> {
    this.#child.stdin.write(`${JSON.stringify({ experiment, name: name ?? null, env })}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error("MLflow's client has ended: its error stands above.");
    return JSON.parse(value);
  }

  stop(): void {
    this.#lines.close();
    this.#child.stdin.end();
  }
}
