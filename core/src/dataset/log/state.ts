import type { CatalogLogRecord, CommitRecord, CreateRecord, DatasetLogRecord } from './records.ts';
import { unknownFeature } from './records.ts';

/** What a dataset's log says after record `seq`. Commits are kept as they were written, unknown fields included. */
export interface DatasetState {
  seq: number;
  commits: CommitRecord[];
  /** Version -> its root, where a relocate record gave it a new one. */
  roots: Record<string, string>;
  removed: number[];
  tags: Record<string, number>;
  /** Numbers of the collect records. */
  collects: number[];
}

export interface CatalogState {
  seq: number;
  creates: CreateRecord[];
  names: Record<string, string>;
  descriptions: Record<string, string>;
  labels: Record<string, string[]>;
  deleted: string[];
  features: string[];
  /** Endpoint where logs are written and their tails read; null: wherever the lake was opened. */
  home: string | null;
}

export const emptyDataset = (): DatasetState => ({
  seq: 0,
  commits: [],
  roots: {},
  removed: [],
  tags: {},
  collects: [],
});

export const emptyCatalog = (): CatalogState => ({
  seq: 0,
  creates: [],
  names: {},
  descriptions: {},
  labels: {},
  deleted: [],
  features: [],
  home: null,
});

/** Moves `state` on by one record, in place. */
export function applyToDataset(state: DatasetState, record: DatasetLogRecord, seq: number): void {
  state.seq = seq;
  switch (record.kind) {
    case 'commit':
      state.commits.push(record);
      break;
    case 'tag':
      state.tags[record.tag] = record.version;
      break;
    case 'untag':
      delete state.tags[record.tag];
      break;
    case 'remove':
      state.removed.push(record.version);
      for (const [tag, version] of Object.entries(state.tags)) {
        if (version === record.version) delete state.tags[tag];
      }
      break;
    case 'relocate':
      state.roots[record.version] = record.root;
      break;
    case 'collect':
      state.collects.push(seq);
      break;
  }
}

/** Features that this program knows; a lake that uses another is refused. */
const knownFeatures: ReadonlySet<string> = new Set();

export function applyToCatalog(state: CatalogState, record: CatalogLogRecord, seq: number): void {
  state.seq = seq;
  switch (record.kind) {
    case 'create':
      state.creates.push(record);
      break;
    case 'rename':
      state.names[record.dataset] = record.name;
      break;
    case 'describe':
      state.descriptions[record.dataset] = record.description;
      if (record.labels) state.labels[record.dataset] = record.labels;
      break;
    case 'delete':
      state.deleted.push(record.dataset);
      break;
    case 'feature':
      state.features.push(record.feature);
      break;
    case 'home':
      state.home = record.endpoint;
      break;
  }
}

/** Throws `lake-feature`. */
export function checkFeatures({ features }: CatalogState): void {
  const unknown = features.find((feature) => !knownFeatures.has(feature));
  if (unknown !== undefined) throw unknownFeature(`the feature '${unknown}'`);
}
