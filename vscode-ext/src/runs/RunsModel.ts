import { notArchived } from '@forebay/core/api/run/runTags';
import type { Run } from '@forebay/core/api/schemas';
import { coalesce } from '../coalesce.ts';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import { Signal } from '../signal.ts';

/** How many a tree shows; who looks for older ones asks the command line. */
const shown = 100;

/** The latest runs, whoever started them; as on the page without those that are archived, until somebody asks for them. */
export class RunsModel {
  readonly changed = new Signal<void>();
  /** A run's id: something of it is new. */
  readonly touched = new Signal<string>();
  #all: readonly Run[] = [];
  #archivedShown = false;
  #onlyArchived = false;
  #asked = 0;
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

  get archivedShown(): boolean {
    return this.#archivedShown;
  }

  /** Whether there are runs, and none of them is shown. */
  get onlyArchived(): boolean {
    return this.#onlyArchived;
  }

  async showArchived(archivedShown: boolean): Promise<void> {
    this.#archivedShown = archivedShown;
    await this.reload();
  }

  /** To choose from: the archived ones too; `filter` in MLflow's grammar. */
  async latest(filter?: string): Promise<readonly Run[]> {
    const client = await this.#daemon.client();
    return (await client.runs.list({ limit: shown, ...(filter === undefined ? {} : { filter }) })).items;
  }

  async reload(): Promise<void> {
    const asked = ++this.#asked;
    const client = await this.#daemon.client();
    const filter = this.#archivedShown ? {} : { filter: notArchived };
    const { items } = await client.runs.list({ limit: shown, ...filter });
    const onlyArchived = items.length === 0 && (await client.runs.list({ limit: 1 })).items.length > 0;
    // An answer to what was asked before doesn't undo a newer one.
    if (asked !== this.#asked) return;
    this.#onlyArchived = onlyArchived;
    this.#all = items;
    this.changed.fire();
  }
}
