import type { Job } from '@forebay/core/api/schemas';
import { hasEnded } from '@forebay/core/client';
import { coalesce } from '../coalesce.ts';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import { Signal } from '../signal.ts';

/** Jobs that wait or run, whoever started them. */
export class JobsModel {
  /** A job that made progress or ended; undefined when all were read again. */
  readonly changed = new Signal<Job | undefined>();
  #running: ReadonlyMap<string, Job> = new Map();
  readonly #daemon: DaemonModel;
  readonly #stale = new Set<string>();
  readonly #readStale = coalesce(250, () => this.#read());

  constructor(daemon: DaemonModel) {
    this.#daemon = daemon;
    daemon.hints.listen(({ kind, subject }) => {
      if (kind !== 'job' && kind !== 'reset') return;
      this.#stale.add(kind === 'job' ? subject : '');
      this.#readStale();
    });
  }

  get running(): ReadonlyMap<string, Job> {
    return this.#running;
  }

  /** What a front end knows of a job before the next hint. */
  put(job: Job): void {
    const running = new Map(this.#running);
    if (hasEnded(job)) running.delete(job.id);
    else running.set(job.id, job);
    this.#running = running;
    this.changed.fire(job);
  }

  /** Reads all that run now. */
  async reload(): Promise<void> {
    const jobs = await (await this.#daemon.client()).jobs.list();
    this.#running = new Map(jobs.filter((job) => !hasEnded(job)).map((job) => [job.id, job]));
    this.changed.fire(undefined);
  }

  async #read(): Promise<void> {
    const ids = [...this.#stale];
    this.#stale.clear();
    if (ids.includes('')) return this.reload();
    const client = await this.#daemon.client();
    for (const job of await Promise.all(ids.map((id) => client.jobs.get(id).catch(() => undefined)))) {
      if (job) this.put(job);
    }
  }
}
