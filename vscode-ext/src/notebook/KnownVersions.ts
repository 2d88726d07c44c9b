import type { Dataset } from '@forebay/core/api/schemas';
import { coalesce } from '../coalesce.ts';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import type { DatasetsModel } from '../datasets/DatasetsModel.ts';
import type { PlacementsModel } from '../levels/PlacementsModel.ts';
import { Signal } from '../signal.ts';
import type { Known } from './standing.ts';

/**
 * Milliseconds between two changes that are told. The editor asks for lenses anew once 250 ms or more have passed
 * without one: told of every progress of a fill, it never would.
 */
const tellPause = 1000;

/** Datasets and versions as Python texts ask for them: nothing is read before the first asks, and then kept up to date. */
export class KnownVersions {
  /** Something that texts show may be different now. */
  readonly changed = new Signal<void>();
  #datasets: readonly Dataset[] | null = null;
  #asked = false;
  readonly #model: DatasetsModel;
  readonly #daemon: DaemonModel;
  readonly #readSoon = coalesce(200, () => this.#read());
  readonly #tellSoon = coalesce(tellPause, async () => this.changed.fire());

  constructor(daemon: DaemonModel, model: DatasetsModel, placements: PlacementsModel) {
    this.#daemon = daemon;
    this.#model = model;
    model.changed.listen(() => this.#asked && this.#readSoon());
    placements.changed.listen(() => this.#asked && this.#tellSoon());
  }

  /** All datasets; null before they have been read. */
  datasets(): readonly Dataset[] | null {
    if (!this.#asked) {
      this.#asked = true;
      this.#readSoon();
    }
    return this.#datasets;
  }

  /** What is known of a dataset now; what isn't yet is told later by `changed`. */
  of(dataset: string): Known {
    const datasets = this.datasets();
    const found = datasets?.find(({ name }) => name === dataset);
    if (!found) return { datasets, versions: null };
    if (found.latest === null) return { datasets, versions: [] };
    const list = this.#model.versions(dataset);
    if (list.items.length > 0) return { datasets, versions: list.items };
    if (!list.loaded) void list.load().then(this.#tellSoon, () => {});
    return { datasets, versions: null };
  }

  /** Waits for what is typed now. Throws ForebayError. */
  async read(dataset?: string): Promise<Known> {
    if (this.datasets() === null) await this.#read();
    if (dataset === undefined || !this.#datasets?.some(({ name }) => name === dataset)) return this.of('');
    await this.#model.versions(dataset).load();
    return this.of(dataset);
  }

  async #read(): Promise<void> {
    const client = await this.#daemon.client();
    this.#datasets = await client.datasets.list();
    this.#tellSoon();
  }
}
