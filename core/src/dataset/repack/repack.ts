import { ForebayError } from '../../api/errors.ts';
import type { RepackResult } from '../../api/schemas.ts';
import type { Lake } from '../../lake/lake.ts';
import { readHistory } from '../history.ts';
import { keyOf } from '../names.ts';
import type { Control } from '../progress.ts';
import { PackWriter } from '../rewrite/packWriter.ts';
import { relocateAll } from '../rewrite/relocateAll.ts';
import { Outdated, tooBusy } from '../sync/outdated.ts';
import { Uploads } from '../sync/uploads.ts';
import { copyParts } from './copyParts.ts';
import { type LivePart, livePartsOf, packedSize } from './live.ts';
import { proveParts } from './prove.ts';
import { survey } from './survey.ts';

export interface RepackRequest {
  lake: Lake;
  dataset: { id: string; name: string };
  author: string;
  /** Only tell what would be done. */
  dryRun: boolean;
}

const attemptsMost = 10;

/**
 * Copies what is in use of packs less than half in use into new ones, and gathers the pages of versions that lie scattered.
 * Versions keep their digests; what was left behind is garbage for the next collection. Cut off at any instant, every version
 * is whole where it was or where it is to be.
 */
export async function repackDataset(request: RepackRequest, control: Control): Promise<RepackResult> {
  const { signal } = control;
  for (let attempt = 1; ; attempt++) {
    const uploads = new Uploads(request.lake, signal);
    try {
      return await attemptRepack(request, uploads, control);
    } catch (error) {
      await uploads.discard();
      if (error instanceof Outdated && attempt < attemptsMost) continue;
      if (error instanceof Outdated) throw tooBusy();
      if (!signal.aborted) throw error;
      throw new ForebayError('cancelled', 'The repack was cancelled; every version is whole all the same.');
    }
  }
}

async function attemptRepack(
  { lake, dataset, author, dryRun }: RepackRequest,
  uploads: Uploads,
  control: Control,
): Promise<RepackResult> {
  const { signal, report } = control;
  const datasetId = dataset.id;
  const history = await readHistory(lake, datasetId, signal);
  const versions = history.versions.toReversed();
  const reading = (files: number) =>
    report({ phase: 'reading manifests', files, filesTotal: versions.length, bytes: 0, bytesTotal: null });
  const { sparse, scattered, packs } = await survey(lake, datasetId, versions, signal, reading);
  const live =
    sparse.size > 0 ? await livePartsOf(lake, datasetId, versions, sparse, signal, reading) : new Map();
  const chosen = [...sparse].filter(([pack, size]) => packedSize(live.get(pack) ?? []) < size / 2);
  const parts: LivePart[] = chosen.flatMap(([pack]) => live.get(pack) ?? []);
  const plan = {
    dataset: dataset.name,
    dryRun,
    packs,
    sparse: { objects: chosen.length, bytes: chosen.reduce((sum, [, size]) => sum + size, 0) },
    live: parts.reduce((sum, { part }) => sum + part.length, 0),
    scattered: versions.map(({ version }) => version).filter((version) => scattered.has(version)),
  };
  const problems: RepackResult['problems'] = [];
  if (dryRun || (parts.length === 0 && scattered.size === 0)) {
    return { ...plan, relocated: [], uploadedBytes: 0, problems };
  }
  const proved = await proveParts(lake, datasetId, parts, signal, ({ file }, isDamaged) => {
    if (isDamaged) problems.push(damagedIn(file.path));
  });
  let bytes = 0;
  const writer = new PackWriter((pack, body) => uploads.put(keyOf.pack(datasetId, pack), body));
  const moves = await copyParts({
    lake,
    datasetId,
    parts: proved,
    writer,
    signal,
    copied(length) {
      bytes += length;
      report({ phase: 'repacking', files: 0, filesTotal: null, bytes, bytesTotal: plan.live });
    },
    damaged: ({ file }) => void problems.push(damagedIn(file.path)),
  });
  const relocated = await relocateAll(
    {
      lake,
      datasetId,
      versions,
      moves,
      gather: scattered,
      collects: history.collects,
      author,
      uploads,
      packSizes: writer.sizes,
    },
    control,
  );
  return { ...plan, relocated, uploadedBytes: uploads.bytes, problems: unique(problems) };
}

const damagedIn = (path: string) => ({ path, problem: 'is damaged in the lake; it was left where it is' });

function unique(problems: RepackResult['problems']): RepackResult['problems'] {
  return [...new Map(problems.map((each) => [each.path, each])).values()];
}
