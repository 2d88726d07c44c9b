import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ArtifactPlace } from './source.ts';

export interface Whereabouts {
  /** What the store says; empty where it says nothing. */
  uri: string;
  /** Absolute: what relative paths start from, and inside of which every folder may be read. */
  store: string;
  /** The last parts of the path that MLflow itself would give: [run id, 'artifacts']. */
  ending: readonly string[];
  /** Where they lie if the store was moved. */
  beside?: string;
}

/**
 * Where a run's or a model's files lie. A store can name any folder of this machine, so one outside of it counts only where
 * its path ends in the run's own id, as those do that MLflow makes; links are resolved before that is looked at.
 */
export function locateArtifacts({ uri, store, ending, beside }: Whereabouts): ArtifactPlace {
  if (beside !== undefined && isFolder(beside) && isInside(beside, store)) {
    return { kind: 'folder', path: realpathSync.native(beside) };
  }
  if (uri === '') return { kind: 'none' };
  const path = pathOf(uri, store);
  if (path === undefined) return { kind: 'elsewhere', uri };
  if (!isFolder(path)) return { kind: 'absent', uri };
  const real = realpathSync.native(path);
  const endsRight = real.endsWith(`${sep}${ending.join(sep)}`);
  return isInside(path, store) || endsRight ? { kind: 'folder', path: real } : { kind: 'elsewhere', uri };
}

/** Undefined for what is no path on this machine. */
function pathOf(uri: string, store: string): string | undefined {
  if (/^mlflow-artifacts:/.test(uri)) {
    // Kept by a server that passes artifacts on: below ./mlartifacts, unless it was told otherwise.
    const below = uri.replace(/^mlflow-artifacts:\/*/, '');
    const path = resolve(store, 'mlartifacts', below);
    return isFolder(path) ? path : undefined;
  }
  if (/^file:/i.test(uri)) {
    try {
      return fileURLToPath(/^file:\/\//i.test(uri) ? uri : `file://${resolve(store, uri.slice(5))}`);
    } catch {
      return undefined;
    }
  }
  if (/^[a-z][a-z0-9+.-]*:/i.test(uri)) return undefined;
  return isAbsolute(uri) ? uri : join(store, uri);
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

function isInside(path: string, store: string): boolean {
  const real = realpathSync.native(path);
  const top = realpathSync.native(store);
  return real === top || real.startsWith(`${top}${sep}`);
}
