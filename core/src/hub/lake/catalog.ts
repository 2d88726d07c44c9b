import { userInfo } from 'node:os';
import type { Dataset, DatasetChange, Ref, Selector, Version } from '../../api/index.ts';
import {
  createDataset,
  type DatasetRecord,
  describeDataset,
  findDataset,
  listDatasets,
} from '../../dataset/catalog.ts';
import type { VersionRecord } from '../../dataset/history.ts';
import {
  type History,
  knownHistory,
  pickVersion,
  readHistory,
  tagVersion,
  untagVersion,
} from '../../dataset/history.ts';
import type { Events } from '../events.ts';
import type { LakeKeeper, OpenedLake } from './lakeKeeper.ts';

/** A dataset's version, and the lake it lies in. */
export interface FoundVersion {
  opened: OpenedLake;
  dataset: DatasetRecord;
  version: VersionRecord;
}

/** Logs that are read at a time. */
const readersAtOnce = 32;

/** Datasets and versions as the lake tells them; the lake is asked for what is new each time. */
export class Catalog {
  readonly #lakes: LakeKeeper;
  readonly #events: Events;
  #refreshing: Promise<void> | undefined;

  constructor(options: { lakes: LakeKeeper; events: Events }) {
    this.#lakes = options.lakes;
    this.#events = options.events;
  }

  async list(): Promise<readonly DatasetRecord[]> {
    const { lake } = await this.#lakes.opened();
    return listDatasets(lake);
  }

  async create(name: string, description: string): Promise<Dataset> {
    const { lake } = await this.#lakes.opened();
    const record = await createDataset(lake, { name, description, author: userInfo().username });
    this.#events.emit('dataset', name);
    return datasetOf(record, undefined);
  }

  async dataset(name: string): Promise<{ opened: OpenedLake; dataset: DatasetRecord; history: History }> {
    const opened = await this.#lakes.opened();
    const dataset = await findDataset(opened.lake, name);
    return { opened, dataset, history: await readHistory(opened.lake, dataset.id) };
  }

  /** As it was when somebody last looked; asks the lake only where nobody has. */
  async recall(record: DatasetRecord): Promise<Dataset> {
    const { lake } = await this.#lakes.opened();
    const history = knownHistory(lake, record.id) ?? (await readHistory(lake, record.id));
    return datasetOf(record, history.versions.at(-1));
  }

  /** Looks behind what is new in datasets that were looked at before, and tells of it; not more often than it takes. */
  refresh(records: readonly DatasetRecord[]): void {
    this.#refreshing ??= this.#lookAt(records).finally(() => {
      this.#refreshing = undefined;
    });
  }

  async #lookAt(records: readonly DatasetRecord[]): Promise<void> {
    const { lake } = await this.#lakes.opened();
    for (let at = 0; at < records.length; at += readersAtOnce) {
      const some = records.slice(at, at + readersAtOnce).map(async ({ id, name }) => {
        const before = knownHistory(lake, id)?.seq;
        // A lake that doesn't answer is found out by whoever asks it for something.
        const after = await readHistory(lake, id).catch(() => undefined);
        if (after && before !== undefined && before !== after.seq) this.#events.emit('dataset', name);
      });
      await Promise.all(some);
    }
  }

  /** With its newest version, as the API shows it. */
  async describe(record: DatasetRecord): Promise<Dataset> {
    const { lake } = await this.#lakes.opened();
    return datasetOf(record, (await readHistory(lake, record.id)).versions.at(-1));
  }

  /** Changes what is said of a dataset. Throws `dataset-unknown`, `bad-request`. */
  async change(name: string, change: DatasetChange): Promise<Dataset> {
    const { lake } = await this.#lakes.opened();
    const known = await findDataset(lake, name);
    const record = await describeDataset(lake, known, change, userInfo().username);
    this.#events.emit('dataset', name);
    return this.describe(record);
  }

  /** Throws `dataset-unknown` or `version-unknown`. */
  async version(name: string, selector: Selector): Promise<FoundVersion> {
    const { opened, dataset, history } = await this.dataset(name);
    return { opened, dataset, version: pickVersion(history, name, selector) };
  }

  /** By what never changes; undefined where the dataset or its version was removed. */
  async byNumber(
    datasetId: string,
    number: number,
  ): Promise<{ opened: OpenedLake; dataset: DatasetRecord | undefined; version: VersionRecord | undefined }> {
    const opened = await this.#lakes.opened();
    const dataset = (await listDatasets(opened.lake)).find((each) => each.id === datasetId);
    const history = dataset && (await readHistory(opened.lake, datasetId));
    return { opened, dataset, version: history?.versions.find((each) => each.version === number) };
  }

  find(ref: Ref): Promise<FoundVersion> {
    return this.version(ref.name, ref.selector);
  }

  async tag(name: string, tag: string, version: number): Promise<Version> {
    const { opened, dataset } = await this.dataset(name);
    await tagVersion(opened.lake, dataset.id, version, tag, userInfo().username);
    this.#events.emit('dataset', name);
    const found = await this.version(name, { kind: 'number', number: version });
    return versionOf(name, found.version);
  }

  async untag(name: string, tag: string): Promise<void> {
    const { opened, dataset } = await this.dataset(name);
    await untagVersion(opened.lake, dataset.id, tag, userInfo().username);
    this.#events.emit('dataset', name);
  }
}

export function versionOf(dataset: string, record: VersionRecord): Version {
  const { version, digest, parents, author, message, time, files, bytes, tags } = record;
  const { added, changed, removed } = record;
  return {
    dataset,
    version,
    digest,
    parents,
    author,
    message,
    time,
    files,
    bytes,
    tags,
    added,
    changed,
    removed,
  };
}

function datasetOf(record: DatasetRecord, latest: VersionRecord | undefined): Dataset {
  const { id, name, description, labels, created } = record;
  return { id, name, description, labels, created, latest: latest ? versionOf(name, latest) : null };
}
