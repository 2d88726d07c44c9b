import * as z from 'zod';
import { ForebayError } from '../../api/errors.ts';
import { namePattern } from '../names.ts';

const id = z.string().regex(namePattern);
const count = z.number().int().nonnegative();
const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** What every record carries; fields that this program does not know are kept, never refused. */
const stamp = { id, time: z.iso.datetime(), author: z.string() };

export const CommitRecord = z.looseObject({
  kind: z.literal('commit'),
  ...stamp,
  version: count.positive(),
  digest,
  root: id,
  changes: id.nullable(),
  parents: z.array(count.positive()),
  message: z.string(),
  files: count,
  bytes: count,
  added: count,
  changed: count,
  removed: count,
  imported: z.string().optional(),
});

export const DatasetRecords = z.discriminatedUnion('kind', [
  CommitRecord,
  z.looseObject({ kind: z.literal('tag'), ...stamp, tag: z.string(), version: count.positive() }),
  z.looseObject({ kind: z.literal('untag'), ...stamp, tag: z.string() }),
  z.looseObject({ kind: z.literal('remove'), ...stamp, version: count.positive() }),
  z.looseObject({ kind: z.literal('relocate'), ...stamp, version: count.positive(), root: id }),
  z.looseObject({ kind: z.literal('collect'), ...stamp, objects: z.array(z.string()) }),
]);

export const CreateRecord = z.looseObject({
  kind: z.literal('create'),
  ...stamp,
  dataset: id,
  name: z.string(),
  description: z.string(),
});

export const CatalogRecords = z.discriminatedUnion('kind', [
  CreateRecord,
  z.looseObject({ kind: z.literal('rename'), ...stamp, dataset: id, name: z.string() }),
  z.looseObject({
    ...{ kind: z.literal('describe'), ...stamp, dataset: id },
    description: z.string(),
    labels: z.array(z.string()).optional(),
  }),
  z.looseObject({ kind: z.literal('delete'), ...stamp, dataset: id }),
  z.looseObject({ kind: z.literal('feature'), ...stamp, feature: z.string() }),
  z.looseObject({ kind: z.literal('home'), ...stamp, endpoint: z.string() }),
]);

export type CommitRecord = z.infer<typeof CommitRecord>;
export type CreateRecord = z.infer<typeof CreateRecord>;
export type DatasetLogRecord = z.infer<typeof DatasetRecords>;
export type CatalogLogRecord = z.infer<typeof CatalogRecords>;

const datasetKinds = new Set(['commit', 'tag', 'untag', 'remove', 'relocate', 'collect']);
const catalogKinds = new Set(['create', 'rename', 'describe', 'delete', 'feature', 'home']);

export function parseDatasetRecord(json: unknown, key: string): DatasetLogRecord {
  return parseRecord(DatasetRecords, datasetKinds, json, key);
}

export function parseCatalogRecord(json: unknown, key: string): CatalogLogRecord {
  return parseRecord(CatalogRecords, catalogKinds, json, key);
}

function parseRecord<T extends z.ZodType>(
  schema: T,
  kinds: ReadonlySet<string>,
  json: unknown,
  key: string,
): z.infer<T> {
  const kind = (json as { kind?: unknown } | null)?.kind;
  if (typeof kind === 'string' && !kinds.has(kind)) throw unknownFeature(`a '${kind}' record in ${key}`);
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    throw new ForebayError(
      'damaged',
      `The record ${key} in the lake can't be read: ${z.prettifyError(parsed.error)}`,
      'Restore this object from a copy of the lake.',
    );
  }
  return parsed.data;
}

/** An old program never guesses: what it does not know could change what everything else means. */
export function unknownFeature(what: string): ForebayError {
  return new ForebayError(
    'lake-feature',
    `This lake uses ${what}, which this version of Forebay doesn't know.`,
    'Update Forebay.',
  );
}
