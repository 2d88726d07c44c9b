import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ForebayError } from '../../api/errors.ts';
import { isMlflowFolder, openMlflowFolder } from './mlflowFiles/source.ts';
import { openMlflowDatabase } from './mlflowSqlite/source.ts';
import { Problems } from './problems.ts';
import type { RunSource } from './source.ts';
import { eventFolders } from './tensorboard/folders.ts';
import { openTensorboard } from './tensorboard/source.ts';

/** Opens a store of runs, whichever it is. `path` is absolute. Throws `source-unknown`, `bad-request`, `damaged`. */
export function openRunSource(path: string): RunSource {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) throw new ForebayError('source-unknown', `There is nothing at ${path}.`, 'Check the path.');
  const real = realpathSync.native(path);
  if (found.isDirectory()) return openFolder(real);
  if (isSqlite(real)) return openMlflowDatabase(real);
  throw nothingKnown(path);
}

function openFolder(path: string): RunSource {
  if (isMlflowFolder(path)) return openMlflowFolder(path);
  const inside = [
    ...(isMlflowFolder(join(path, 'mlruns')) ? [join(path, 'mlruns')] : []),
    ...(isSqlite(join(path, 'mlflow.db')) ? [join(path, 'mlflow.db')] : []),
  ];
  if (inside.length > 1) {
    throw new ForebayError(
      'bad-request',
      `${path} holds two stores of MLflow: mlruns and mlflow.db.`,
      'Name one of them, then the other.',
    );
  }
  if (inside[0]) return openRunSource(inside[0]);
  if (eventFolders(path, new Problems()).size > 0) return openTensorboard(path);
  throw nothingKnown(path);
}

/** https://sqlite.org/fileformat.html#magic_header_string */
function isSqlite(path: string): boolean {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(16);
    readSync(file, head, 0, 16, 0);
    return head.toString('latin1') === 'SQLite format 3\0';
  } finally {
    closeSync(file);
  }
}

function nothingKnown(path: string): ForebayError {
  return new ForebayError(
    'bad-request',
    `${path} holds no runs that Forebay can read.`,
    "Name MLflow's folder (mlruns), its SQLite database (mlflow.db), or a folder with TensorBoard's event files (events.out.tfevents.*).",
  );
}
