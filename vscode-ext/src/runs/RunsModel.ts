import type { Run } from '@forebay/core/api/schemas';
import { coalesce } from '../coalesce.ts';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import { Signal } from '../signal.ts';

/** How many a tree shows; who looks for older ones asks the command line. */
const shown = 100;

/** The latest runs, whoever started them. */
export class RunsModel {
  readonly changed = new Signal<void>();
  /** A run's id: something of it is new. */
  readonly touched = new Signal<string>();
  #all: readonly Run[] = [];
  #loaded = false;
  readonly #daemon: DaemonModel;
  readonly #readSoon = coalesce(500, () => this.reload());

  constructor(daemon: DaemonModel) {
    this.#daemon = daemon;
    daemon.hints.listen(({ kind, subject }) => {
      if (kind !== 'run' && kind !== 'reset') return;
      this.#readSoon();
      if (kind === 'run') this.touched.fire(subject);
    });
  }

  get all(): readonly Run[] {
    return this.#all;
  }

  find(id: string): Run | undefined {
    return this.#all.find((run) => run.id === id);
  }

  /** Read once; from then on the daemon's hints keep them true. */
  async load(): Promise<readonly Run[]> {
    if (!this.#loaded) await this.reload();
    return this.#all;
  }

  async reload(): Promise<void> {
    const client = await this.#daemon.client();
    this.#all = (await client.runs.list({ limit: shown })).items;
    this.#loaded = true;
    this.changed.fire();
  }
}
