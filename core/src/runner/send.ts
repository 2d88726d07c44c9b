import { setTimeout as delay } from 'node:timers/promises';
import type { RunEnd, RunPoint } from '../api/schemas.ts';
import type { RunsClient } from '../client/runs.ts';
import { heartbeatEvery } from '../run/heartbeat.ts';
import type { Artifact } from './artifacts.ts';
import { insist } from './insist.ts';
import type { OutputSpool } from './output.ts';
import type { Relay } from './relay/relay.ts';

/** Milliseconds between two looks at what is to be sent. */
const sendEvery = 200;
/** Files that are sent at once. */
const filesAtOnce = 8;
/** Points that wait for a daemon that is away; the oldest go first. */
const mostPoints = 50_000;

/** Sends output, points and what the script logged while the daemon was away, in order, and keeps what a daemon that is away doesn't take. */
export class Sender {
  readonly #runs: RunsClient;
  readonly #id: string;
  readonly #spool: OutputSpool;
  readonly #relay: Relay;
  #points: RunPoint[] = [];

  constructor(runs: RunsClient, id: string, { spool, relay }: { spool: OutputSpool; relay: Relay }) {
    this.#runs = runs;
    this.#id = id;
    this.#spool = spool;
    this.#relay = relay;
  }

  add(points: readonly RunPoint[]): void {
    this.#points = [...this.#points, ...points].slice(-mostPoints);
  }

  async until(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.#send().catch(() => undefined);
      void this.#relay.flush().catch(() => undefined);
      await delay(sendEvery, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Signs of life, beside whatever is sent: files may take an hour. */
  async beat(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      // One that nobody heard is given again soon: a daemon that is back would take the run for lost.
      const heard = await this.#runs.log(this.#id, []).then(
        () => true,
        () => false,
      );
      await delay(heard ? heartbeatEvery : sendEvery, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Those that could not be kept. */
  async put(
    artifacts: readonly Artifact[],
    revive: () => Promise<unknown> = async () => undefined,
  ): Promise<Artifact[]> {
    const waiting = artifacts.toReversed();
    const left: Artifact[] = [];
    const work = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        const { path, open } = next;
        const sent = await insist(() => this.#runs.putArtifact(this.#id, path, open()), revive);
        if (!sent) left.push(next);
      }
    };
    await Promise.all(Array.from({ length: filesAtOnce }, work));
    return left;
  }

  /** All that is left, and the end. False where the daemon stayed away, or refused what the script had logged meanwhile. */
  async finish(end: RunEnd, revive: () => Promise<unknown>): Promise<boolean> {
    const ended = await insist(async () => {
      await this.#relay.flush();
      await this.#send();
      await this.#runs.end(this.#id, end);
    }, revive);
    return ended && this.#relay.refusals.length === 0;
  }

  async #send(): Promise<void> {
    await this.#spool.flush((at, bytes) => this.#runs.write(this.#id, at, bytes));
    while (this.#points.length > 0) {
      const batch = this.#points.slice(0, 1000);
      await this.#runs.log(this.#id, batch);
      this.#points = this.#points.slice(batch.length);
    }
  }
}
