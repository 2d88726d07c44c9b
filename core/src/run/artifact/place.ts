import path from 'node:path';
import { invalid } from '../error.ts';
import { artifactRoot } from '../experiments.ts';

export const artifactFolder = (folder: string) => path.join(folder, 'artifacts');

/**
 * Where an artifact lies below the folder of all artifacts. What would lead out of it, or to a name that means another
 * place elsewhere, is refused: no absolute path, no `..`, no drive, no backslash, no NUL.
 */
export function artifactPath(folder: string, relative: string): string {
  const parts = relative.split('/');
  const unsafe =
    parts.some((part) => part === '..' || part === '.') ||
    relative.startsWith('/') ||
    /[\\\0]|^[A-Za-z]:/.test(relative) ||
    parts.slice(0, -1).includes('');
  // MLflow's own words, alone: its suite compares them.
  if (unsafe) throw invalid('Invalid path');
  return path.join(folder, relative);
}

/** The part of a run's artifact URI below the root that this server passes on. Throws for artifacts that lie elsewhere. */
export function placeOf(artifactUri: string): string {
  if (artifactUri.startsWith(artifactRoot)) return artifactUri.slice(artifactRoot.length).replace(/^\/+/, '');
  throw invalid(`The artifacts of this run lie in ${artifactUri}, which only its clients can read.`);
}

/**
 * Where a run's own record lies, below the folder of all artifacts: among its artifacts, or apart from them where those lie
 * in a place that only its clients can write.
 */
export const recordPlaceOf = ({ id, artifact_uri }: { id: string; artifact_uri: string }): string =>
  artifact_uri.startsWith(artifactRoot) ? placeOf(artifact_uri) : `elsewhere/${id}`;

/** A place below another: what a database's or a bucket's address says after `?` or `#` stays at its end. */
export function placeBelow(uri: string, path: string): string {
  const [, place = '', how = ''] = /^[a-z][a-z\d+.-]*:/i.test(uri)
    ? (/^([^?#]*)(.*)$/s.exec(uri) ?? [])
    : ['', uri];
  return `${place.replace(/\/$/, '')}/${path}${how}`;
}
