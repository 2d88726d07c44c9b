import { join } from 'node:path';
import type { RunImportResult } from '../../api/schemas.ts';
import type { Control } from '../../dataset/progress.ts';
import { pauser } from '../../dataset/scan/pause.ts';
import { openRuns } from '../store/open.ts';
import { openRunSource } from './open.ts';
import type { RunSource } from './source.ts';
import { targetExperiment } from './write/experiments.ts';
import { writeModel } from './write/models.ts';
import { type Outcome, type Writer, writeRun } from './write/runs.ts';
import { Tallying } from './write/tally.ts';

export interface RunImport {
  /** Where runs.db and artifacts are; absolute. */
  folder: string;
  /** The store to import; absolute. */
  path: string;
  /** Where all of its runs go; else to experiments of the same names. */
  experiment: string | undefined;
  dryRun: boolean;
}

/**
 * Brings in the runs of another store, with a connection of its own to the database. Cancelled, it leaves whole runs only.
 * Throws `source-unknown`, `bad-request`, `damaged`, `no-space`, `cancelled`.
 */
export async function importRuns(request: RunImport, control: Control): Promise<RunImportResult> {
  const source = openRunSource(request.path);
  try {
    const db = await openRuns(join(request.folder, 'runs.db'));
    try {
      return await importAll(db, source, request, control);
    } finally {
      await db.destroy();
    }
  } finally {
    source.close();
  }
}

async function importAll(
  db: Writer['db'],
  source: RunSource,
  { folder, experiment: into, dryRun }: RunImport,
  { signal, report }: Control,
): Promise<RunImportResult> {
  const { problems, kind, path } = source;
  const experiments = [...source.experiments()];
  const tally = new Tallying(
    experiments.reduce((sum, { count }) => sum + count, 0),
    report,
  );
  const pause = pauser(signal, () => tally.tell());
  const writer: Writer = { db, folder, source: path, dryRun, problems, tally, pause };
  const runs = counts();
  const models = counts();
  const reached = new Set<string>();
  let made = 0;
  for (const found of experiments) {
    const experiment =
      into === undefined ? found : { ...found, name: into, stage: 'active' as const, tags: [] };
    const options = { dryRun, now: Date.now(), problems };
    const target = await targetExperiment(db, experiment, options).catch((error: Error) => {
      problems.add(`The experiment '${experiment.name}': ${error.message}`);
    });
    if (!target) continue;
    if (target.isNew && !reached.has(experiment.name)) made += 1;
    reached.add(experiment.name);
    const place = found.stage === 'deleted' ? { ...target, stage: found.stage } : target;
    for (const model of found.models()) models[await writeModel(writer, model, place)] += 1;
    for (const run of found.runs()) {
      await pause();
      runs[await writeRun(writer, run, place)] += 1;
      tally.run();
    }
  }
  return {
    ...{ kind, path, dryRun, runs, models },
    experiments: { all: reached.size, new: made },
    points: tally.points,
    artifacts: {
      ...{ files: tally.files, bytes: tally.bytes, absent: tally.absent, elsewhere: tally.elsewhere.size },
      elsewhereSome: [...tally.elsewhere].slice(0, 10),
    },
    problems: { count: problems.count, some: problems.some },
  };
}

const counts = (): Record<Outcome, number> => ({ new: 0, updated: 0, unchanged: 0, refused: 0 });
