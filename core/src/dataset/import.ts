import { ForebayError } from '../api/errors.ts';
import { formatImportSource, type ImportSource } from '../api/importSource.ts';
import { checkName } from '../api/ref.ts';
import type { ImportResult } from '../api/schemas.ts';
import { normalEndpoint } from '../lake/external/objectUrl.ts';
import type { Lake } from '../lake/lake.ts';
import type { VersionRecord } from './history.ts';
import { attemptImport, findTarget, type Place } from './import/attempt.ts';
import { listObjects } from './import/list.ts';
import type { ImportOptions } from './import/options.ts';
import { Unfit } from './import/unfit.ts';
import type { Control } from './progress.ts';
import { UnknownOutcome } from './sync/commit.ts';
import { Outdated, tooBusy } from './sync/outdated.ts';
import { Uploads } from './sync/uploads.ts';

const attemptsMost = 30;

/**
 * Makes a version of the objects under a prefix without copying them: each becomes a file that is read from where it
 * is, and is refused once it is another. Where nothing changed since the last import, gives the same version again.
 * Throws `source-unknown`, `bad-path`, `newer-version`, `object-changed`, `lake-*`, `cancelled`.
 */
export async function importObjects(options: ImportOptions, control: Control): Promise<ImportResult> {
  checkName(options.name);
  const uploads = new Uploads(options.lake, control.signal);
  try {
    return await importWith(options, uploads, control);
  } catch (error) {
    if (!uploads.named) await uploads.discard();
    if (error instanceof UnknownOutcome) throw error.toForebayError('Import again');
    if (control.signal.aborted && !(error instanceof ForebayError && error.code !== 'cancelled')) {
      throw new ForebayError('cancelled', 'The import was cancelled; no version was made.');
    }
    throw error;
  }
}

async function importWith(options: ImportOptions, uploads: Uploads, control: Control): Promise<ImportResult> {
  const { lake, source, skip } = options;
  const place = await placeOf(options, control.signal);
  await findTarget(options, place, control.signal);
  const listed = new Unfit();
  const store = lake.externals.storeAt(place.endpoint);
  const objects = await listObjects(store, source, listed, control);
  try {
    if (listed.count > 0 && !skip) throw listed.toError(source);
    for (let attempt = 1; ; attempt++) {
      const unfit = listed.copy();
      try {
        const version = await attemptImport(options, { objects, unfit, place }, uploads, control);
        return resultOf(options.name, version, uploads.bytes, unfit);
      } catch (error) {
        if (!(error instanceof Outdated)) throw error;
        if (attempt === attemptsMost) throw tooBusy();
        await uploads.discard();
      }
    }
  } finally {
    await objects.close();
  }
}

async function placeOf(
  { lake, source, endpoint: wanted }: ImportOptions,
  signal: AbortSignal,
): Promise<Place> {
  const { externals } = lake;
  const endpoint = wanted ?? externals.endpoint;
  if (holdsLake(lake, source, endpoint)) {
    throw new ForebayError(
      'bad-request',
      `${formatImportSource(source)} can't be imported: the lake itself is there (${lake.url}).`,
      'Import a prefix beside the lake.',
    );
  }
  if (endpoint !== undefined) return { endpoint: normalEndpoint(endpoint), region: undefined };
  return { endpoint, region: await externals.storeAt(endpoint).regionOf(source.bucket, { signal }) };
}

function holdsLake(lake: Lake, { bucket, prefix }: ImportSource, endpoint: string | undefined): boolean {
  const own = lake.externals.endpoint;
  const same =
    endpoint === undefined || own === undefined
      ? endpoint === own
      : normalEndpoint(endpoint) === normalEndpoint(own);
  if (!same || !lake.url.startsWith('s3://')) return false;
  const [at, wanted] = [`${lake.url.replace(/\/+$/, '')}/`, formatImportSource({ bucket, prefix })];
  return at.startsWith(wanted) || wanted.startsWith(at);
}

function resultOf(
  dataset: string,
  record: VersionRecord & { unchanged: boolean },
  uploadedBytes: number,
  { count, some }: Unfit,
): ImportResult {
  const { version, digest, files, bytes } = record;
  const nothing = { added: 0, changed: 0, removed: 0, uploadedBytes: 0, resumedBytes: 0 };
  const { added, changed, removed } = record;
  const made = record.unchanged ? nothing : { ...nothing, added, changed, removed, uploadedBytes };
  return { dataset, version, digest, files, bytes, ...made, skipped: { count, some } };
}
