import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Client } from '@forebay/core/client';
import { socketPathOf, unixTransport } from '@forebay/core/launch';
import { type Home, newHome, node, root } from '../../../support/home.ts';
import { peakOf, resetPeak, residentOf } from '../../measure/memory.ts';
import type { Profiles } from '../../measure/profile/profiles.ts';
import type { Work } from '../../measure/sample.ts';
import type { Stopwatch } from '../../measure/stopwatch.ts';

const source = join(root, 'core', 'src', 'main.ts');

/** One person's machine with a running daemon. Every command is the bundle's, as people run it. */
export class ForebayMachine {
  readonly home: Home;
  readonly client: Client;
  readonly pid: number;
  readonly #stopwatch: Stopwatch;
  readonly #profiles: Profiles | null;

  private constructor(
    home: Home,
    client: Client,
    pid: number,
    stopwatch: Stopwatch,
    profiles: Profiles | null,
  ) {
    this.home = home;
    this.client = client;
    this.pid = pid;
    this.#stopwatch = stopwatch;
    this.#profiles = profiles;
    process.once('exit', this.#endAtOnce);
  }

  /** `lake`: a URL, or null for a folder in the home. */
  static async start(
    env: Record<string, string>,
    lake: string | null,
    stopwatch: Stopwatch,
    profiles: Profiles | null,
  ): Promise<ForebayMachine> {
    // From source a profile names functions and files; the bundle's are all in one.
    const home = await newHome(env, profiles ? source : undefined);
    const client = clientOf(home);
    if (profiles) await startProfiled(home, client, profiles.folder);
    const { pid } = await home.json<{ pid: number }>('up', '--stay', '--lake', lake ?? home.path('lake'));
    return new ForebayMachine(home, client, pid, stopwatch, profiles);
  }

  /** Times a command, the job that it began, and how much memory the daemon had at most. */
  async timed<T>(work: Work, ...args: string[]): Promise<T> {
    resetPeak(this.pid);
    const printed = await this.command(work, ...args);
    this.#stopwatch.note(work, 'daemon', peakOf(this.pid));
    const [job] = await this.client.jobs.list();
    if (!job?.ended) throw new Error(`The newest job has not ended: ${JSON.stringify(job)}`);
    this.#stopwatch.note(work, 'inside', (Date.parse(job.ended) - Date.parse(job.created)) / 1000);
    await this.#profiles?.collect(`${this.#stopwatch.peer} ${work}`);
    return JSON.parse(printed) as T;
  }

  /** Times a command that begins no job; answers what it printed. */
  command(work: Work, ...args: string[]): Promise<string> {
    const { program, folder, env } = this.home;
    return this.#stopwatch.time(
      work,
      (run) => run(node, [program, ...args, '--json'], { cwd: folder, env }),
      { servants: [this.pid] },
    );
  }

  /** Bytes resident now. */
  resident(): number {
    return residentOf(this.pid);
  }

  /** A daemon is in a session of its own and would stay for ever. */
  readonly #endAtOnce = () => {
    try {
      process.kill(this.pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  };

  async stop(): Promise<void> {
    process.off('exit', this.#endAtOnce);
    await this.home.run('down');
    await this.#profiles?.collect(`${this.#stopwatch.peer} all the time`);
  }
}

export function clientOf(home: Home): Client {
  return new Client(unixTransport(socketPathOf(home.state, home.env)));
}

/** A daemon writes the profile of each thread when that ends, its own in the end. */
async function startProfiled(home: Home, client: Client, folder: string): Promise<void> {
  const options = ['--cpu-prof', `--cpu-prof-dir=${folder}`, '--disable-warning=ExperimentalWarning'];
  const env = { ...home.env, UV_THREADPOOL_SIZE: '16' };
  spawn(node, [...options, home.program, 'daemon', '--stay'], { cwd: home.folder, env, stdio: 'ignore' });
  await untilItAnswers(client);
}

/** Milliseconds. */
const patience = 20_000;

export async function untilItAnswers(client: Client): Promise<void> {
  for (const deadline = Date.now() + patience; Date.now() < deadline; ) {
    if (await client.app.hello().catch(() => undefined)) return;
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  throw new Error(`The daemon didn't answer within ${patience / 1000} s.`);
}
