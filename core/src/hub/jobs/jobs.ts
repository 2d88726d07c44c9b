import { ForebayError, type Job } from '../../api/index.ts';
import type { Control, Tally } from '../../dataset/progress.ts';
import type { Clock } from '../clock.ts';
import type { Events } from '../events.ts';
import type { Database } from '../store/migrations.ts';
import type { JobRow } from '../store/tables.ts';
import { interruption, jobOf, type NewJob, type Outcome, outcomeOf, rowOf } from './job.ts';
import { type Lane, startable } from './lanes.ts';
import { addSample, progressOf, type Sample } from './rate.ts';

/** What a job does; `settle` sees how it ended before anybody else does, and may still change it. */
export interface Work {
  run(control: Control): Promise<unknown>;
  starting?(): Promise<void>;
  settle?(outcome: Outcome): Promise<Outcome>;
  /** Jobs that must have ended before this one starts. */
  after?: readonly string[];
  /** Taken up again by the next daemon instead of being marked as interrupted. */
  resumes?: boolean;
}

export interface JobsOptions {
  db: Database;
  events: Events;
  clock: Clock;
  /** How many run at once. */
  bound?: Record<Lane, number>;
  /** Gets what keeps a job from being written down. */
  log?: (error: unknown) => void;
}

interface Live {
  row: JobRow;
  work: Work;
  abort: AbortController;
  samples: Sample[];
  announced: number;
  timer: NodeJS.Timeout | undefined;
  ended: PromiseWithResolvers<Job>;
}

/** Milliseconds between two announcements of progress. */
const announceEvery = 200;
/** How long a job that has ended can still be asked for, milliseconds. */
const remembered = 7 * 86_400_000;

/** Queue and memory of the long work: rows in the database, progress of what runs in memory. */
export class Jobs {
  readonly #db: Database;
  readonly #events: Events;
  readonly #clock: Clock;
  readonly #bound: Record<Lane, number>;
  readonly #live = new Map<string, Live>();
  readonly #running = new Map<string, Job['kind']>();
  readonly #log: (error: unknown) => void;
  #stopping = false;
  #killed = false;

  constructor(options: JobsOptions) {
    this.#db = options.db;
    this.#events = options.events;
    this.#clock = options.clock;
    this.#log = options.log ?? console.error;
    this.#bound = options.bound ?? { data: 2, evict: 1, look: 2 };
  }

  /** Queued and running. */
  get active(): Job[] {
    return [...this.#live.values()].map((live) => jobOf(live.row, progressOf(live.samples)));
  }

  get count(): number {
    return this.#live.size;
  }

  /** The job that is working on this folder, if any. */
  onFolder(folder: string): Job | undefined {
    const live = [...this.#live.values()].find((candidate) => candidate.row.folder === folder);
    return live && jobOf(live.row, progressOf(live.samples));
  }

  /** Writes the job down, within the caller's transaction; `enqueue` afterwards lets it run. */
  async insert(db: Database, job: NewJob): Promise<JobRow> {
    const row = rowOf(job, this.#clock.now());
    await db
      .deleteFrom('job')
      .where('ended', '<', row.created - remembered)
      .execute();
    await db.insertInto('job').values(row).execute();
    return row;
  }

  enqueue(row: JobRow, work: Work): Job {
    const live: Live = {
      row: { ...row, state: 'queued' },
      work,
      abort: new AbortController(),
      samples: [],
      announced: 0,
      timer: undefined,
      ended: Promise.withResolvers(),
    };
    this.#live.set(row.id, live);
    this.#events.emit('job', row.id);
    queueMicrotask(() => this.#startWhatMay());
    return jobOf(live.row);
  }

  async create(job: NewJob, work: Work): Promise<Job> {
    return this.enqueue(await this.insert(this.#db, job), work);
  }

  async get(id: string): Promise<Job> {
    const live = this.#live.get(id);
    if (live) return jobOf(live.row, progressOf(live.samples));
    const row = await this.#db.selectFrom('job').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row) throw new ForebayError('job-unknown', `There is no job '${id}'.`);
    return jobOf(row);
  }

  /** Newest first. */
  async list(): Promise<Job[]> {
    const rows = await this.#db
      .selectFrom('job')
      .selectAll()
      .orderBy('created', 'desc')
      .orderBy('id')
      .execute();
    return rows.map((row) => {
      const live = this.#live.get(row.id);
      return live ? jobOf(live.row, progressOf(live.samples)) : jobOf(row);
    });
  }

  /** Resolves when the job has ended, however it ended. */
  async finished(id: string): Promise<Job> {
    return (await this.#live.get(id)?.ended.promise) ?? this.get(id);
  }

  /** Asks the job to stop; it has stopped once `finished` says so. */
  async cancel(id: string): Promise<Job> {
    const live = this.#live.get(id);
    if (live && !live.abort.signal.aborted) {
      live.abort.abort();
      if (!this.#running.has(id)) await this.#end(live, outcomeOf(live.abort.signal.reason, true));
    }
    return this.get(id);
  }

  /**
   * Before the daemon exits: what can't resume is told to stop and, after `grace` milliseconds or once it has,
   * marked as interrupted; what resumes keeps its row, to be queued again by the next daemon.
   */
  async stop(grace: number, killThreads: () => Promise<void>): Promise<void> {
    this.#stopping = true;
    const lost = [...this.#live.values()].filter((live) => !live.work.resumes);
    for (const live of lost) live.abort.abort();
    const running = lost.filter((live) => this.#running.has(live.row.id));
    const timeout = Promise.withResolvers<void>();
    const timer = setTimeout(timeout.resolve, grace);
    await Promise.race([Promise.all(running.map((live) => live.ended.promise)), timeout.promise]);
    clearTimeout(timer);
    this.#killed = true;
    await killThreads();
    for (const live of lost) {
      if (!this.#live.has(live.row.id)) continue;
      await this.#write(live, { state: 'interrupted', error: interruption() });
    }
  }

  #startWhatMay(): void {
    if (this.#stopping) return;
    const waiting = [...this.#live.values()]
      .filter((live) => !this.#running.has(live.row.id) && !live.abort.signal.aborted)
      .map((live) => ({ id: live.row.id, kind: live.row.kind, after: live.work.after ?? [] }));
    for (const id of startable(waiting, this.#running, this.#bound)) {
      const live = this.#live.get(id);
      if (live) this.#run(live).catch(this.#log);
    }
  }

  async #run(live: Live): Promise<void> {
    this.#running.set(live.row.id, live.row.kind);
    live.row = { ...live.row, state: 'running' };
    let outcome: Outcome;
    try {
      await this.#db.updateTable('job').set({ state: 'running' }).where('id', '=', live.row.id).execute();
      await live.work.starting?.();
      this.#events.emit('job', live.row.id);
      live.abort.signal.throwIfAborted();
      const result = await live.work.run({
        signal: live.abort.signal,
        report: (tally) => this.#report(live, tally),
      });
      outcome = { state: 'done', result };
    } catch (error) {
      outcome = outcomeOf(error, live.abort.signal.aborted);
    }
    await this.#end(live, outcome);
  }

  #report(live: Live, tally: Tally): void {
    const at = this.#clock.monotonic();
    live.samples = addSample(live.samples, { at, tally });
    if (live.timer) return;
    const wait = live.announced + announceEvery - at;
    const announce = () => {
      live.timer = undefined;
      live.announced = this.#clock.monotonic();
      this.#events.emit('job', live.row.id);
    };
    if (wait <= 0) announce();
    else live.timer = setTimeout(announce, wait);
  }

  async #end(live: Live, outcome: Outcome): Promise<void> {
    if (this.#killed || (this.#stopping && live.work.resumes)) return;
    let settled = outcome;
    if (this.#stopping && outcome.state === 'cancelled')
      settled = { state: 'interrupted', error: interruption() };
    try {
      settled = (await live.work.settle?.(settled)) ?? settled;
    } catch (error) {
      settled = { state: 'failed', error: ForebayError.from(error) };
    }
    await this.#write(live, settled);
    this.#startWhatMay();
  }

  async #write(live: Live, outcome: Outcome): Promise<void> {
    const id = live.row.id;
    clearTimeout(live.timer);
    live.row = {
      ...live.row,
      state: outcome.state,
      ended: this.#clock.now(),
      progress: JSON.stringify(progressOf(live.samples)),
      result: outcome.state === 'done' ? JSON.stringify(outcome.result ?? null) : null,
      problem: outcome.state === 'done' ? null : JSON.stringify(outcome.error.toProblem()),
    };
    const { state, ended, progress, result, problem } = live.row;
    await this.#db
      .updateTable('job')
      .set({ state, ended, progress, result, problem })
      .where('id', '=', id)
      .execute();
    this.#live.delete(id);
    this.#running.delete(id);
    live.ended.resolve(jobOf(live.row));
    this.#events.emit('job', id);
  }
}
