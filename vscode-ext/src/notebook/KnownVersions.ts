import { isForebayError } from '@forebay/core/api/errors';
import type { Dataset, Version } from '@forebay/core/api/schemas';
import { coalesce } from '../coalesce.ts';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import type { DatasetsModel } from '../datasets/DatasetsModel.ts';
import type { PlacementsModel } from '../levels/PlacementsModel.ts';
import { Signal } from '../signal.ts';
import { isMeant, type Known } from './standing.ts';

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
  /** What `NAME@SELECTOR` is beyond the newest versions: null where there is none. */
  readonly #older = new Map<string, Version | null>();
  readonly #model: DatasetsModel;
  readonly #daemon: DaemonModel;
  readonly #readSoon = coalesce(200, () => this.#read());
  readonly #tellSoon = coalesce(tellPause, async () => this.changed.fire());

  constructor(daemon: DaemonModel, model: DatasetsModel, placements: PlacementsModel) {
    this.#daemon = daemon;
    this.#model = model;
    model.changed.listen(() => {
      this.#older.clear();
      if (this.#asked) this.#readSoon();
    });
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
  of(dataset: string, selector: string | null = null): Known {
    const datasets = this.datasets();
    const found = datasets?.find(({ name }) => name === dataset);
    if (!found) return { datasets, versions: null };
    if (found.latest === null) return { datasets, versions: [] };
    const list = this.#model.versions(dataset);
    if (list.items.length > 0) {
      const newest = found.latest.version;
      if (selector === null || !list.more || list.items.some((one) => isMeant(one, selector, newest)))
        return { datasets, versions: list.items };
      const older = this.#older.get(`${dataset}@${selector}`);
      if (older !== undefined) return { datasets, versions: older ? [...list.items, older] : list.items };
      void this.#readOlder(dataset, selector).then(this.#tellSoon, () => {});
      return { datasets, versions: null };
    }
    if (!list.loaded) void list.load().then(this.#tellSoon, () => {});
    return { datasets, versions: null };
  }

  /** Waits for what is typed now. Throws ForebayError. */
  async read(dataset?: string, selector: string | null = null): Promise<Known> {
    if (this.datasets() === null) await this.#read();
    if (dataset === undefined || !this.#datasets?.some(({ name }) => name === dataset)) return this.of('');
    await this.#model.versions(dataset).load();
    if (this.of(dataset, selector).versions === null && selector !== null)
      await this.#readOlder(dataset, selector);
    return this.of(dataset, selector);
  }

  async #readOlder(dataset: string, selector: string): Promise<void> {
    const client = await this.#daemon.client();
    const found = await client.versions.get(dataset, selector).catch((error) => {
      if (isForebayError(error, 'version-unknown')) return null;
      throw error;
    });
    this.#older.set(`${dataset}@${selector}`, found);
  }

  async #read(): Promise<void> {
    const client = await this.#daemon.client();
    this.#datasets = await client.datasets.list();
    this.#tellSoon();
  }
}
