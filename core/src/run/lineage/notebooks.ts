import type { LineageNotebook, LineageVersion } from '../../api/index.ts';
import { absent } from '../error.ts';
import { nameOf } from '../notebook/list.ts';
import type { RunDatabase } from '../store/open.ts';
import type { NotebookRow, NotebookUseRow } from '../store/tables.ts';
import { isoTime } from '../view.ts';
import { versionId } from './nodes.ts';

export const isNotebookId = (text: string) => /^n-[0-9a-f]{32}$/.test(text);

/** Throws `RESOURCE_DOES_NOT_EXIST`. */
export async function findNotebookNode(db: RunDatabase, id: string): Promise<LineageNotebook> {
  const found = await notebookRows(db).where('notebook.id', '=', id).executeTakeFirst();
  if (found) return notebookNode(found);
  throw absent(`Notebook with id=${id} not found`);
}

/** Notebooks that used a version, the latest first. */
export async function notebooksReading(
  db: RunDatabase,
  { name, digest }: Pick<LineageVersion, 'name' | 'digest'>,
): Promise<LineageNotebook[]> {
  const reading = db
    .selectFrom('notebook_use')
    .select('notebook_id')
    .where('name', '=', name)
    .where('digest', '=', digest);
  return (await notebookRows(db).where('notebook.id', 'in', reading).execute()).map(notebookNode);
}

/** Where a run was started. */
export async function notebooksStarting(db: RunDatabase, runId: string): Promise<LineageNotebook[]> {
  const starting = db.selectFrom('notebook_run').select('notebook_id').where('run_id', '=', runId);
  return (await notebookRows(db).where('notebook.id', 'in', starting).execute()).map(notebookNode);
}

/** What a notebook used, the latest first; whether it is still there only the lake knows. */
export async function versionsUsed(db: RunDatabase, notebookId: string): Promise<LineageVersion[]> {
  const rows = await db
    .selectFrom('notebook_use')
    .select(['name', 'version', 'digest'])
    .where('notebook_id', '=', notebookId)
    .orderBy('last', 'desc')
    .execute();
  return rows.map(usedVersion);
}

const notebookRows = (db: RunDatabase) =>
  db
    .selectFrom('notebook')
    .selectAll('notebook')
    .select((e) =>
      e
        .fn<number>('max', [
          e.fn.coalesce(
            e
              .selectFrom('notebook_use')
              .whereRef('notebook_id', '=', 'notebook.id')
              .select((u) => u.fn.max('last').as('last')),
            e.val(0),
          ),
          e.fn.coalesce(
            e
              .selectFrom('notebook_run')
              .whereRef('notebook_id', '=', 'notebook.id')
              .select((r) => r.fn.max('started').as('last')),
            e.val(0),
          ),
        ])
        .as('last'),
    )
    .orderBy('last', 'desc')
    .orderBy('notebook.id');

function notebookNode({ id, path, host, user, last }: NotebookRow & { last: number }): LineageNotebook {
  return { kind: 'notebook', id, name: nameOf(path), path, host, user, last: isoTime(last) };
}

function usedVersion({
  name,
  version,
  digest,
}: Pick<NotebookUseRow, 'name' | 'version' | 'digest'>): LineageVersion {
  const facts = { state: 'unknown', files: null, bytes: null, time: null } as const;
  return { kind: 'version', id: versionId(name, digest), name, version, digest, ...facts };
}
