import type { Dataset, FileEntry, Version } from '@forebay/core/api/schemas';
import { coalesce } from '../coalesce.ts';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import { PagedList } from '../pagedList.ts';
import { Signal } from '../signal.ts';

const datasetsAtOnce = 200;
const versionsAtOnce = 50;
const filesAtOnce = 250;

/** Datasets, their versions and files, as far as somebody looked at them. */
export class DatasetsModel {
  /** A dataset that has changed; undefined for all. */
  readonly changed = new Signal<string | undefined>();
  #filter = '';
  #datasets: PagedList<Dataset>;
  /** Every row is looked up whenever one is drawn. */
  #named: { items: readonly Dataset[]; byName: Map<string, Dataset> } = { items: [], byName: new Map() };
  readonly #versions = new Map<string, PagedList<Version>>();
  readonly #files = new Map<string, PagedList<FileEntry>>();
  readonly #daemon: DaemonModel;
  readonly #stale = new Set<string | undefined>();
  readonly #readStale = coalesce(150, () => this.#read());

  constructor(daemon: DaemonModel) {
    this.#daemon = daemon;
    this.#datasets = this.#listOf('');
    daemon.hints.listen(({ kind, subject }) => {
      if (kind === 'dataset') this.refresh(subject);
      if (kind === 'lake' || kind === 'reset') this.refresh();
    });
  }

  /** As far as they are shown: those that the filter lets through. */
  get datasets(): PagedList<Dataset> {
    return this.#datasets;
  }

  /** Words that datasets must have in their name, description or labels; '' for all. */
  get filter(): string {
    return this.#filter;
  }

  setFilter(filter: string): void {
    if (filter === this.#filter) return;
    this.#filter = filter;
    this.#datasets = this.#listOf(filter);
    this.changed.fire(undefined);
  }

  #listOf(search: string): PagedList<Dataset> {
    return new PagedList(datasetsAtOnce, async (request) =>
      (await this.#daemon.client()).datasets.page({ ...request, ...(search === '' ? {} : { search }) }),
    );
  }

  /** Newest first. */
  versions(dataset: string): PagedList<Version> {
    return obtain(
      this.#versions,
      dataset,
      () =>
        new PagedList(versionsAtOnce, async (request) =>
          (await this.#daemon.client()).versions.page(dataset, request),
        ),
    );
  }

  /** A folder of a version; '' is its top. Versions never change, so neither does what was read once. */
  files(dataset: string, version: number, folder: string): PagedList<FileEntry> {
    return obtain(
      this.#files,
      `${dataset}@v${version}/${folder}`,
      () =>
        new PagedList(filesAtOnce, async (request) =>
          (await this.#daemon.client()).versions.files(dataset, `v${version}`, { ...request, folder }),
        ),
    );
  }

  dataset(name: string): Dataset | undefined {
    const { items } = this.datasets;
    if (this.#named.items !== items) {
      this.#named = { items, byName: new Map(items.map((one) => [one.name, one])) };
    }
    return this.#named.byName.get(name);
  }

  version(dataset: string, version: number): Version | undefined {
    return this.#versions.get(dataset)?.items.find((one) => one.version === version);
  }

  /** Reads one dataset again, or all, some time soon; what can't be read stays as it was. */
  refresh(dataset?: string): void {
    this.#stale.add(dataset);
    this.#readStale();
  }

  /** Reads everything again that is shown and can change. Throws ForebayError for what can't be read. */
  async reload(): Promise<void> {
    try {
      await Promise.all([this.datasets, ...this.#versions.values()].map((list) => list.reload()));
    } finally {
      this.changed.fire(undefined);
    }
  }

  async #read(): Promise<void> {
    const stale = [...this.#stale];
    this.#stale.clear();
    if (stale.includes(undefined)) return this.reload();
    const lists = stale.map((name) => this.#versions.get(name ?? '')).filter((list) => list?.loaded);
    const before = this.#names();
    await Promise.allSettled([this.datasets.reload(), ...lists.map((list) => list?.reload())]);
    // One that came or went changes the list, not only its own row.
    const changed = this.#names() === before ? stale : [undefined];
    for (const name of changed) this.changed.fire(name);
  }

  #names(): string {
    return this.datasets.items.map(({ name }) => name).join();
  }
}

function obtain<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
