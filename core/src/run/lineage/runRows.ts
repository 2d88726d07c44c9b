import { lostTag } from '../../api/run/runTags.ts';
import type { RunDatabase } from '../store/open.ts';

/** Runs with what a node of theirs shows (`runNode`); the caller says which. */
export const runRows = (db: RunDatabase) =>
  db
    .selectFrom('run')
    .innerJoin('experiment', 'experiment.id', 'run.experiment_id')
    .leftJoin('execution', 'execution.run_id', 'run.id')
    .leftJoin('imported', 'imported.id', 'run.id')
    .select(['run.id', 'run.name', 'run.status', 'run.stage', 'run.start_time', 'run.end_time'])
    .select('experiment.name as experiment')
    .select((e) =>
      e.fn
        .coalesce(
          'execution.lost',
          'imported.lost',
          e
            .selectFrom('run_tag')
            .select(e.lit(1).as('lost'))
            .whereRef('run_tag.owner_id', '=', 'run.id')
            .where('run_tag.key', '=', lostTag),
        )
        .as('lost'),
    );
