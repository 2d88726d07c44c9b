import { join } from 'node:path';
import { deleteArtifacts } from '../../artifact/files.ts';
import { artifactFolder, artifactPath, placeOf } from '../../artifact/place.ts';
import { artifactRoot } from '../../experiments.ts';
import type { RunDatabase } from '../../store/open.ts';
import { findImported, keepImported } from '../imported.ts';
import type { Problems } from '../problems.ts';
import type { ArtifactPlace, SourceRun } from '../source.ts';
import { copyArtifacts } from './artifacts.ts';
import type { TargetExperiment } from './experiments.ts';
import { hashOfFacts, writeFacts } from './facts.ts';
import { addPoints } from './points.ts';
import type { Tallying } from './tally.ts';

export interface Writer {
  db: RunDatabase;
  /** Where artifacts are kept, below `artifacts/`; absolute. */
  folder: string;
  /** The store's path, for people. */
  source: string;
  dryRun: boolean;
  problems: Problems;
  tally: Tallying;
  pause: () => Promise<void> | undefined;
}

export type Outcome = 'new' | 'updated' | 'unchanged' | 'refused';

/**
 * Brings a run in, or up to date. It shows up only once it is whole: until then it is a deleted one, which a later import
 * completes.
 */
export async function writeRun(writer: Writer, run: SourceRun, target: TargetExperiment): Promise<Outcome> {
  const { db, dryRun, problems } = writer;
  const { id } = run;
  const known = await findImported(db, id);
  const here = await db.selectFrom('run').selectAll().where('id', '=', id).executeTakeFirst();
  if (here && !known) {
    problems.add(`Run ${id}: it was recorded here, not imported; it was left as it is.`);
    return 'refused';
  }
  const isNew = here === undefined;
  const place = `${target.id}/${id}/artifacts`;
  if (isNew && !dryRun) await insertHidden(writer, id, target.id, `${artifactRoot}${place}`);
  try {
    const added = await addPoints(db, run.points(), { ...writer, runId: id });
    writer.tally.points += added;
    const facts = run.facts();
    if (facts === undefined) {
      if (isNew && !dryRun) await removeBegun(writer, id, place);
      return 'refused';
    }
    const root = here ? placeHere(here.artifact_uri, place) : place;
    const copied = await copyTo(writer, facts.artifacts, root);
    const seen = hashOfFacts(facts);
    if (!isNew && known?.seen === seen && added + copied === 0) return 'unchanged';
    if (dryRun) return isNew ? 'new' : 'updated';
    const { artifacts } = facts;
    const artifactUri = artifacts.kind === 'elsewhere' ? artifacts.uri : `${artifactRoot}${root}`;
    const experimentId = here?.experiment_id ?? target.id;
    const stage = target.stage === 'deleted' ? 'deleted' : facts.stage;
    await db.transaction().execute(async (within) => {
      await writeFacts(within, { id, experimentId, stage, artifactUri }, facts, problems);
      await keepImported(within, {
        ...{ id, source: writer.source, seen, last_written: facts.lastWritten, lost: 0 },
      });
    });
    // One that an import had begun and not finished is new to whoever looks.
    return isNew || known?.seen === '' ? 'new' : 'updated';
  } catch (error) {
    if (isNew && !dryRun) await removeBegun(writer, id, place);
    throw error;
  }
}

async function insertHidden({ db, source }: Writer, id: string, experimentId: string, artifactUri: string) {
  await db.transaction().execute(async (within) => {
    // Before the run itself, so that nobody takes it for one that begins now.
    await keepImported(within, { id, source, seen: '', last_written: 0, lost: 0 });
    await within
      .insertInto('run')
      .values({
        ...{ id, experiment_id: experimentId, name: id, user: 'unknown', status: 'SCHEDULED' as const },
        ...{ start_time: 0, end_time: null, stage: 'deleted' as const },
        artifact_uri: artifactUri,
      })
      .execute();
  });
}

async function removeBegun({ db, folder }: Writer, id: string, place: string): Promise<void> {
  await db.transaction().execute(async (within) => {
    await within.deleteFrom('run').where('id', '=', id).execute();
    await within.deleteFrom('imported').where('id', '=', id).execute();
  });
  await deleteArtifacts(artifactFolder(folder), join(place, '..'));
}

/** Where this hub keeps them, also once the run was moved to another experiment. */
function placeHere(artifactUri: string, otherwise: string): string {
  return artifactUri.startsWith(artifactRoot) ? placeOf(artifactUri) : otherwise;
}

/** How many files were copied. */
export async function copyTo(writer: Writer, artifacts: ArtifactPlace, place: string): Promise<number> {
  const { tally } = writer;
  if (artifacts.kind === 'elsewhere') tally.elsewhere.add(artifacts.uri);
  if (artifacts.kind === 'absent') tally.absent += 1;
  if (artifacts.kind !== 'folder') return 0;
  const to = artifactPath(artifactFolder(writer.folder), place);
  const copied = (bytes: number) => tally.copied(bytes);
  const files = await copyArtifacts(artifacts.path, to, { ...writer, copied });
  tally.files += files;
  return files;
}
