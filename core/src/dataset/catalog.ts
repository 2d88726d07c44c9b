import { ForebayError } from '../api/errors.ts';
import { checkName } from '../api/ref.ts';
import type { Lake } from '../lake/lake.ts';
import { checkLabels } from './catalog/labels.ts';
import { nearestNames } from './catalog/nearest.ts';
import { catalogLog, catalogPrefix } from './log/kinds.ts';
import { appendRecord, readLog } from './log/log.ts';
import type { CatalogState } from './log/state.ts';
import { randomName } from './names.ts';

export interface DatasetRecord {
  id: string;
  name: string;
  description: string;
  /** What it belongs to, in people's own words; sorted, each once. */
  labels: string[];
  /** RFC 3339, UTC. */
  created: string;
}

/** Every dataset of the lake, by name. */
export async function listDatasets(lake: Lake, signal?: AbortSignal): Promise<readonly DatasetRecord[]> {
  return datasetsOf(await readLog(lake, catalogPrefix, catalogLog, signal));
}

/** A state moves on in place: what was made of it holds until its next record. */
const made = new WeakMap<CatalogState, { seq: number; datasets: readonly DatasetRecord[] }>();

export function datasetsOf(state: CatalogState): readonly DatasetRecord[] {
  const before = made.get(state);
  if (before?.seq === state.seq) return before.datasets;
  const datasets = datasetsIn(state);
  made.set(state, { seq: state.seq, datasets });
  return datasets;
}

function datasetsIn(state: CatalogState): DatasetRecord[] {
  const deleted = new Set(state.deleted);
  return state.creates
    .filter((create) => !deleted.has(create.dataset))
    .map((create) => ({
      id: create.dataset,
      name: state.names[create.dataset] ?? create.name,
      description: state.descriptions[create.dataset] ?? create.description,
      labels: state.labels[create.dataset] ?? [],
      created: create.time,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Throws `dataset-unknown`, naming the nearest. */
export async function findDataset(lake: Lake, name: string): Promise<DatasetRecord> {
  const datasets = await listDatasets(lake);
  const found = datasets.find((dataset) => dataset.name === name);
  if (found) return found;
  const near = nearestNames(
    name,
    datasets.map((dataset) => dataset.name),
  );
  throw new ForebayError(
    'dataset-unknown',
    `There is no dataset '${name}' in this lake.`,
    near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'Make one with `forebay data init NAME`.',
  );
}

/** A dataset by what never changes; its name may have. Throws `dataset-unknown`. */
export async function findDatasetById(
  lake: Lake,
  id: string,
  lastName: string,
  signal?: AbortSignal,
): Promise<DatasetRecord> {
  const found = (await listDatasets(lake, signal)).find((dataset) => dataset.id === id);
  if (found) return found;
  throw gone(lastName);
}

/** Throws `bad-name`, or `dataset-exists` when another was first. `id`: where something lies under it already. */
export async function createDataset(
  lake: Lake,
  dataset: { name: string; description: string; author: string; id?: string },
): Promise<DatasetRecord> {
  const { name, description, author, id = randomName() } = dataset;
  checkName(name);
  const time = new Date().toISOString();
  const record = {
    kind: 'create' as const,
    id: randomName(),
    time,
    author,
    dataset: id,
    name,
    description,
  };
  await appendRecord(lake, catalogPrefix, catalogLog, (state) => {
    if (datasetsOf(state).some((known) => known.name === name)) {
      throw new ForebayError(
        'dataset-exists',
        `There is a dataset '${name}' already.`,
        'Choose another name.',
      );
    }
    return record;
  });
  return { id: record.dataset, name, description, labels: [], created: time };
}

/** Says what a dataset is and what it belongs to. Throws `dataset-unknown`, `bad-request`. */
export async function describeDataset(
  lake: Lake,
  dataset: { id: string; name: string },
  { description, labels }: { description?: string | undefined; labels?: readonly string[] | undefined },
  author: string,
): Promise<DatasetRecord> {
  const stamp = { id: randomName(), time: new Date().toISOString(), author };
  const wanted = labels && checkLabels(labels);
  let described: DatasetRecord | undefined;
  await appendRecord(lake, catalogPrefix, catalogLog, (state) => {
    const known = datasetsOf(state).find(({ id }) => id === dataset.id);
    if (!known) throw gone(dataset.name);
    described = {
      ...known,
      description: description ?? known.description,
      labels: wanted ?? known.labels,
    };
    return {
      ...{ kind: 'describe' as const, ...stamp, dataset: dataset.id },
      description: described.description,
      labels: described.labels,
    };
  });
  if (!described) throw new Error('The record was appended without being decided.');
  return described;
}

/** The dataset with all its versions is no longer there; its name is free, its id never is. Throws `dataset-unknown`. */
export async function deleteDataset(
  lake: Lake,
  dataset: { id: string; name: string },
  author: string,
): Promise<void> {
  const stamp = { id: randomName(), time: new Date().toISOString(), author };
  await appendRecord(lake, catalogPrefix, catalogLog, (state) => {
    if (!datasetsOf(state).some(({ id }) => id === dataset.id)) throw gone(dataset.name);
    return { kind: 'delete' as const, ...stamp, dataset: dataset.id };
  });
}

/** Datasets that were deleted, by the name they had: what they held may still be in the lake. */
export async function listDeleted(lake: Lake): Promise<{ id: string; name: string }[]> {
  const { creates, deleted, names } = await readLog(lake, catalogPrefix, catalogLog);
  const ids = new Set(deleted);
  return creates
    .filter(({ dataset }) => ids.has(dataset))
    .map(({ dataset, name }) => ({ id: dataset, name: names[dataset] ?? name }));
}

function gone(name: string): ForebayError {
  return new ForebayError(
    'dataset-unknown',
    `The dataset '${name}' is no longer in this lake.`,
    'It was deleted, or the lake is another one than it was.',
  );
}
