import type { Forwarding } from '../../api/schemas.ts';
import type { Tracking } from '../mlflow/handler.ts';
import type { Refusals } from './artifacts.ts';
import { forwardRun } from './forwardRun.ts';
import { pauseAfter, pauseOfRun } from './patience.ts';
import { MlflowServer, ServerAway, ServerRefusal } from './server.ts';
import { checkTarget, clearTarget, readTarget, setTarget } from './target.ts';
import { countSent, noteProblem, runProblems, unsettle, unsettledRuns, unsettleSince } from './waiting.ts';

export interface ForwarderOptions {
  store: () => Promise<Tracking>;
  /** What to send to this address as `Authorization`. */
  authorization: (url: string) => string | undefined;
  /** Gets what nobody foresaw. */
  log: (error: unknown) => void;
}

/** Milliseconds: how soon a change is sent, and how often all that isn't whole is looked at anyway. */
const soon = 500;
const lookEvery = 30_000;
const day = 86_400_000;

/** Sends runs to the team's MLflow server while they go on; what it can't send now, it sends later. */
export class Forwarder {
  readonly #options: ForwarderOptions;
  #closing = new AbortController();
  readonly #changed = new Set<string>();
  readonly #refused = new Map<string, { count: number; next: number }>();
  readonly #refusals: Refusals = new Map();
  #active = false;
  #timer: NodeJS.Timeout | undefined;
  /** When the timer rings; milliseconds since 1970. */
  #rings = 0;
  #round: Promise<void> | undefined;
  #failures = 0;
  #error: string | null = null;
  #next = 0;
  #lastLook = 0;

  constructor(options: ForwarderOptions) {
    this.#options = options;
  }

  /** Whether it has something to send, and a server that takes it. */
  get busy(): boolean {
    return this.#active && this.#error === null && (this.#round !== undefined || this.#changed.size > 0);
  }

  /** Goes on where a daemon before this one stopped. */
  async resume(): Promise<void> {
    const { db, now } = await this.#options.store();
    if (!(await readTarget(db))) return;
    await unsettleSince(db, now() - day);
    this.#begin();
  }

  /** A run changed. */
  poke(runId: string): void {
    if (!this.#active) return;
    this.#changed.add(runId);
    this.#schedule(soon);
  }

  /** Throws `bad-request` for an address that can't be used. */
  async set(text: string): Promise<Forwarding> {
    const url = checkTarget(text);
    const { db, now } = await this.#options.store();
    await this.close();
    await setTarget(db, url, now());
    this.#refused.clear();
    this.#refusals.clear();
    this.#begin();
    // Whether it answers is part of what is said.
    await this.#greet(url);
    return this.state();
  }

  async off(): Promise<Forwarding> {
    const { db } = await this.#options.store();
    await this.close();
    await clearTarget(db);
    return this.state();
  }

  async state(): Promise<Forwarding> {
    const { db } = await this.#options.store();
    const target = await readTarget(db);
    if (!target)
      return { target: null, waiting: 0, running: 0, sent: 0, error: null, next: null, problems: [] };
    const unsettled = await unsettledRuns(db);
    const running = unsettled.filter(({ ended }) => !ended).length;
    return {
      target: { url: target.url, since: new Date(target.since).toISOString() },
      waiting: unsettled.length - running,
      running,
      sent: await countSent(db),
      error: this.#error,
      next: this.#error === null ? null : new Date(this.#next).toISOString(),
      problems: await runProblems(db),
    };
  }

  /** What is being sent is let go: it is sent again, or found there. */
  async close(): Promise<void> {
    this.#active = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#closing.abort();
    await this.#round?.catch(() => {});
  }

  #begin(): void {
    this.#active = true;
    this.#closing = new AbortController();
    this.#failures = 0;
    this.#error = null;
    this.#next = 0;
    this.#lastLook = 0;
    this.#schedule(0);
  }

  async #greet(url: string): Promise<void> {
    try {
      await this.#serverAt(url).post('experiments/search', { max_results: 1 });
    } catch (error) {
      if (error instanceof ServerAway) this.#wait(error);
      else if (!(error instanceof ServerRefusal)) throw error;
    }
  }

  #schedule(milliseconds: number): void {
    if (!this.#active) return;
    const rings = Math.max(Date.now() + milliseconds, this.#next);
    if (this.#timer && this.#rings <= rings) return;
    clearTimeout(this.#timer);
    this.#rings = rings;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#round ??= this.#work()
        .catch(this.#options.log)
        .finally(() => {
          this.#round = undefined;
          this.#schedule(this.#changed.size > 0 ? soon : lookEvery);
        });
    }, rings - Date.now());
    this.#timer.unref();
  }

  async #work(): Promise<void> {
    const store = await this.#options.store();
    const target = await readTarget(store.db);
    if (!target) return;
    const server = this.#serverAt(target.url);
    for (const id of await this.#due(store)) {
      if (!this.#active) return;
      // What changes from here on is looked at once more.
      this.#changed.delete(id);
      try {
        await forwardRun({ ...store, refusals: this.#refusals }, server, id);
        this.#refused.delete(id);
        this.#failures = 0;
        this.#error = null;
      } catch (error) {
        this.#changed.add(id);
        if (error instanceof ServerAway) return this.#wait(error);
        await this.#refuse(store, id, error);
      }
    }
  }

  /** The runs to look at now: those that changed, and now and then all that aren't whole there. */
  async #due({ db }: Tracking): Promise<string[]> {
    const now = Date.now();
    await unsettle(db, [...this.#changed]);
    const unsettled = await unsettledRuns(db);
    const all = now - this.#lastLook >= lookEvery || this.#failures > 0;
    if (all) this.#lastLook = now;
    const due = unsettled
      .map(({ id }) => id)
      .filter((id) => all || this.#changed.has(id))
      .filter((id) => (this.#refused.get(id)?.next ?? 0) <= now);
    const wanted = new Set(due);
    for (const id of this.#changed) if (!wanted.has(id)) this.#changed.delete(id);
    return due;
  }

  #wait(error: ServerAway): void {
    if (this.#closing.signal.aborted) return;
    this.#failures += 1;
    this.#error = error.message;
    this.#next = Date.now() + pauseAfter(this.#failures);
  }

  /** One run must not hold up the others. */
  async #refuse({ db }: Tracking, id: string, error: unknown): Promise<void> {
    this.#changed.delete(id);
    if (!(error instanceof ServerRefusal)) this.#options.log(error);
    const count = (this.#refused.get(id)?.count ?? 0) + 1;
    this.#refused.set(id, { count, next: Date.now() + pauseOfRun(count) });
    await noteProblem(db, id, error instanceof Error ? error.message : String(error));
  }

  #serverAt(url: string): MlflowServer {
    return new MlflowServer(url, () => this.#options.authorization(url), this.#closing.signal);
  }
}
