import type { Expression } from 'kysely';
import type { LineageNode, LineageVersion } from '../../api/index.ts';
import { outputsOf } from '../data/outputs.ts';
import type { RunDatabase } from '../store/open.ts';
import { type Patience, topArtifacts } from './artifacts.ts';
import type { Direction, Neighbours } from './graph.ts';
import { madeVersion, modelNode, readVersion, runNode } from './nodes.ts';
import { notebooksReading, notebooksStarting, versionsUsed } from './notebooks.ts';
import { runRows } from './runRows.ts';

/** What runs are known by, and where their artifacts lie. */
export interface Records {
  db: RunDatabase;
  folder: string;
  patience: Patience;
}

/** At most `most` of what lies next to a node, the newest first where there is a time, and how many there are. */
export async function neighboursOf(
  records: Records,
  direction: Direction,
  node: LineageNode,
  most: number,
): Promise<Neighbours> {
  switch (node.kind) {
    case 'version':
      return direction === 'down' ? readers(records, node, most) : makers(records, node, most);
    case 'run':
      return direction === 'down' ? leftBy(records, node.id, most) : usedBy(records, node.id, most);
    case 'model':
      return direction === 'down' ? users(records, node.id, most) : source(records, node.id, most);
    case 'artifact':
      return { of: node.id, found: [], total: 0 };
    case 'notebook':
      return direction === 'down'
        ? started(records, node.id, most)
        : some(node.id, await versionsUsed(records.db, node.id), most);
  }
}

async function readers(
  { db }: Records,
  { id, name, digest }: LineageVersion,
  most: number,
): Promise<Neighbours> {
  const reading = db
    .selectFrom('input')
    .innerJoin('dataset', 'dataset.id', 'input.dataset_id')
    .where('dataset.name', '=', name)
    .where('dataset.digest', '=', digest)
    .select('input.run_id')
    .distinct();
  const runs = await runsAmong(db, id, reading.$asScalar(), most);
  // Notebooks first, since they are few; never in the way of all runs, which lead on.
  const notebooks = await notebooksReading(db, { name, digest });
  const room = Math.max(Math.floor(most / 2), most - runs.found.length);
  return {
    of: id,
    found: [...notebooks.slice(0, room), ...runs.found].slice(0, most),
    total: notebooks.length + runs.total,
  };
}

async function started({ db }: Records, notebookId: string, most: number): Promise<Neighbours> {
  const starting = db.selectFrom('notebook_run').select('run_id').where('notebook_id', '=', notebookId);
  return runsAmong(db, notebookId, starting.$asScalar(), most);
}

async function makers(
  { db }: Records,
  { id, name, digest }: LineageVersion,
  most: number,
): Promise<Neighbours> {
  const making = db
    .selectFrom('output')
    .where('name', '=', name)
    .where('digest', '=', digest)
    .select('run_id')
    .distinct();
  return runsAmong(db, id, making.$asScalar(), most);
}

async function users({ db }: Records, modelId: string, most: number): Promise<Neighbours> {
  const using = db
    .selectFrom('run_model')
    .where('model_id', '=', modelId)
    .where('role', '=', 'input')
    .select('run_id')
    .distinct();
  return runsAmong(db, modelId, using.$asScalar(), most);
}

/** The run that logged it, and those that named it as theirs. */
async function source({ db }: Records, modelId: string, most: number): Promise<Neighbours> {
  const making = db
    .selectFrom('run_model')
    .where('model_id', '=', modelId)
    .where('role', '=', 'output')
    .select('run_id')
    .union(db.selectFrom('model').where('id', '=', modelId).select('source_run_id as run_id'));
  return runsAmong(db, modelId, making.$asScalar(), most);
}

async function runsAmong(
  db: RunDatabase,
  of: string,
  ids: Expression<string>,
  most: number,
): Promise<Neighbours> {
  const { total } = await db
    .selectFrom('run')
    .where('run.id', 'in', ids)
    .select((e) => e.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  if (most === 0 || total === 0) return { of, found: [], total };
  const runs = await runRows(db)
    .where('run.id', 'in', ids)
    .orderBy('run.start_time', 'desc')
    .orderBy('run.id')
    .limit(most)
    .execute();
  return { of, found: runs.map(runNode), total };
}

/** Versions first: they are what others go on with. */
async function leftBy({ db, folder, patience }: Records, runId: string, most: number): Promise<Neighbours> {
  const run = await db
    .selectFrom('run')
    .select(['id', 'artifact_uri'])
    .where('id', '=', runId)
    .executeTakeFirst();
  const made = await outputsOf(db, runId);
  const named = db
    .selectFrom('run_model')
    .select('model_id')
    .where('run_id', '=', runId)
    .where('role', '=', 'output');
  const models = await db
    .selectFrom('model')
    .selectAll()
    .where((e) => e.or([e('source_run_id', '=', runId), e('id', 'in', named)]))
    .orderBy('created')
    .execute();
  const artifacts = run ? await topArtifacts(folder, run, patience) : [];
  return some(runId, [...made.map(madeVersion), ...models.map(modelNode), ...artifacts], most);
}

async function usedBy({ db }: Records, runId: string, most: number): Promise<Neighbours> {
  const read = await db
    .selectFrom('input')
    .innerJoin('dataset', 'dataset.id', 'input.dataset_id')
    .select(['name', 'digest', 'source_type', 'source'])
    .where('input.run_id', '=', runId)
    .orderBy('dataset.id')
    .execute();
  const models = await db
    .selectFrom('model')
    .innerJoin('run_model', 'run_model.model_id', 'model.id')
    .selectAll('model')
    .where('run_model.run_id', '=', runId)
    .where('run_model.role', '=', 'input')
    .execute();
  const notebooks = await notebooksStarting(db, runId);
  return some(runId, [...read.map(readVersion), ...models.map(modelNode), ...notebooks], most);
}

function some(of: string, all: readonly LineageNode[], most: number): Neighbours {
  const once = [...new Map(all.map((node) => [node.id, node])).values()];
  return { of, found: once.slice(0, most), total: once.length };
}
