import { basename } from 'node:path';
import type { NotebookUse } from '../../api/index.ts';
import type { RunDatabase } from '../store/open.ts';
import { isoTime } from '../view.ts';

/** Notebooks that used a dataset, the latest use first; `version`: only that one. */
export async function listUses(db: RunDatabase, dataset: string, version?: number): Promise<NotebookUse[]> {
  let rows = db
    .selectFrom('notebook_use')
    .innerJoin('notebook', 'notebook.id', 'notebook_use.notebook_id')
    .selectAll('notebook')
    .select(['version', 'digest', 'by', 'first', 'last', 'times'])
    .where('name', '=', dataset);
  if (version !== undefined) rows = rows.where('version', '=', version);
  const found = await rows
    .orderBy('last', 'desc')
    .orderBy('notebook.id')
    .orderBy('version', 'desc')
    .orderBy('digest')
    .execute();
  return found.map(({ id, path, first, last, ...use }) => ({
    ...{ notebook: id, name: nameOf(path), path, dataset, ...use },
    ...{ first: isoTime(first), last: isoTime(last) },
  }));
}

/** Of a path of any system. */
export const nameOf = (path: string) => basename(path.replaceAll('\\', '/'));
