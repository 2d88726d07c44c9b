import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';

/** System calls that change what is on disk: the instants at which a crash could leave something half done. */
const calls = [
  'openat',
  'write',
  'pwrite64',
  'fsync',
  'fchmod',
  'chmod',
  'utimensat',
  'mkdir',
  'link',
  'rename',
  'unlink',
  'rmdir',
];

/** The `when`-th call of this name in one of the process's threads, counted from when strace was attached. */
export interface Instant {
  call: string;
  when: number;
  line: string;
}

export class Tracer {
  readonly #strace: ChildProcess;
  readonly #log: string;
  /** Settles when the traced process is dead, or after `detach`. */
  readonly ended: Promise<unknown>;

  private constructor(strace: ChildProcess, log: string) {
    this.#strace = strace;
    this.#log = log;
    this.ended = once(strace, 'exit');
  }

  /** Follows the process from now on; with `at`, kills it (SIGKILL) as a thread enters that call, before the call does anything. */
  static async attach(pid: number, log: string, at?: Instant): Promise<Tracer> {
    await rm(log, { force: true });
    const inject = at ? ['-e', `inject=${at.call}:signal=KILL:when=${at.when}`] : [];
    const trace = ['-f', '-y', '-s', '256', '-o', log, '-e', `trace=${calls.join(',')}`];
    const strace = spawn('strace', [...trace, ...inject, '-p', String(pid)], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const tracer = new Tracer(strace, log);
    await once(strace.stderr as NodeJS.ReadableStream, 'data');
    strace.stderr?.resume();
    return tracer;
  }

  async detach(): Promise<void> {
    this.#strace.kill('SIGINT');
    await this.ended;
  }

  /**
   * Calls about a path that `about` accepts, each the earliest of its name and number in any thread,
   * so that aiming at it hits it or its like.
   */
  async instants(about: (line: string) => boolean): Promise<Instant[]> {
    const counts = new Map<string, number>();
    const seen = new Set<string>();
    const found: Instant[] = [];
    for (const line of (await readFile(this.#log, 'utf8')).split('\n')) {
      const match = /^(\d+)\s+(\w+)\(/.exec(line);
      const call = match?.[2];
      if (!call) continue;
      const thread = `${match[1]} ${call}`;
      const when = (counts.get(thread) ?? 0) + 1;
      counts.set(thread, when);
      if (seen.has(`${call} ${when}`)) continue;
      seen.add(`${call} ${when}`);
      if (about(line) && !line.includes('O_RDONLY')) found.push({ call, when, line });
    }
    return found;
  }

  /** The call at which the process died, as strace wrote it; undefined if it lived. */
  async death(call: string): Promise<string | undefined> {
    const lines = (await readFile(this.#log, 'utf8')).split('\n');
    if (!lines.some((line) => line.includes('killed by SIGKILL'))) return undefined;
    return lines.findLast(
      (line) => line.includes(` ${call}(`) && /(= \?|<unfinished \.\.\.>)\s*$/.test(line),
    );
  }
}
