import type { VersionUse } from '../../api/index.ts';
import type { RunDatabase } from '../store/open.ts';

/** A version by its number and `sha256:HEX` digest. */
export interface Numbered {
  version: number;
  digest: string;
}

/** Of each of these versions: the run that made it, how many runs read it, and when the newest of them began. */
export async function versionUses(
  db: RunDatabase,
  name: string,
  versions: readonly Numbered[],
): Promise<VersionUse[]> {
  const readers = await db
    .selectFrom('input')
    .innerJoin('dataset', 'dataset.id', 'input.dataset_id')
    .innerJoin('run', 'run.id', 'input.run_id')
    .where('dataset.name', '=', name)
    .where('run.stage', '=', 'active')
    .groupBy('dataset.digest')
    .select((e) => [
      'dataset.digest',
      e.fn.count<number>('run.id').distinct().as('runs'),
      e.fn.max('run.start_time').as('newest'),
    ])
    .execute();
  const makers = await db
    .selectFrom('output')
    .innerJoin('run', 'run.id', 'output.run_id')
    .where('output.name', '=', name)
    .where('run.stage', '=', 'active')
    .select(['output.version', 'output.digest', 'run.id', 'run.name'])
    .execute();
  const read = new Map(readers.map((each) => [each.digest, each]));
  return versions.map(({ version, digest }) => {
    const maker = makers.find((each) => each.version === version && each.digest === digest);
    const reader = read.get(digest);
    return {
      version,
      madeBy: maker ? { id: maker.id, name: maker.name } : null,
      runs: reader?.runs ?? 0,
      lastRun: reader ? new Date(reader.newest).toISOString() : null,
    };
  });
}
