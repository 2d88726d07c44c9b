import type { LineageNode, LineageVersion } from '../../api/index.ts';
import { forebaySource } from '../data/versionInput.ts';
import { absent } from '../error.ts';
import type { RunDatabase } from '../store/open.ts';
import { madeVersion, modelNode, readVersion, runNode } from './nodes.ts';
import { runRows } from './runRows.ts';

export const isRunId = (text: string) => /^[0-9a-f]{32}$/.test(text);
export const isModelId = (text: string) => /^m-[0-9a-f]{32}$/.test(text);

/** Throws `RESOURCE_DOES_NOT_EXIST`. */
export async function findRunNode(db: RunDatabase, id: string): Promise<LineageNode> {
  const run = await runRows(db).where('run.id', '=', id).executeTakeFirst();
  if (run) return runNode(run);
  throw absent(`Run with id=${id} not found`);
}

/** Throws `RESOURCE_DOES_NOT_EXIST`. */
export async function findModelNode(db: RunDatabase, id: string): Promise<LineageNode> {
  const model = await db.selectFrom('model').selectAll().where('id', '=', id).executeTakeFirst();
  if (model) return modelNode(model);
  throw absent(`Logged model with ID '${id}' not found.`);
}

/** A version that the lake no longer has, as runs remember it; undefined where none does. */
export async function rememberedVersion(
  db: RunDatabase,
  name: string,
  is: (version: LineageVersion) => boolean,
): Promise<LineageVersion | undefined> {
  const made = await db
    .selectFrom('output')
    .selectAll()
    .where('name', '=', name)
    .orderBy('made', 'desc')
    .execute();
  const read = await db
    .selectFrom('dataset')
    .select(['name', 'digest', 'source_type', 'source'])
    .where('name', '=', name)
    .where('source_type', '=', forebaySource)
    .execute();
  return [...made.map(madeVersion), ...read.map(readVersion)].find(is);
}
