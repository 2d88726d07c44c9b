import { hash } from 'node:crypto';
import { sameTag } from '../../lake/external/changed.ts';
import type { Entry, FileEntry } from '../entry.ts';
import type { FoundObject } from './sortedObjects.ts';

const nothing = hash('sha256', '', 'hex');

/** The object as a file of the next version: as the parent has it while it is the same one. */
export function importedEntry(object: FoundObject, url: string, before: Entry | undefined): FileEntry {
  if (before?.kind === 'file' && isSame(before, object, url)) return before;
  const { path, etag, versionId, size, modified } = object;
  const origin = { url, etag, versionId };
  const file = { kind: 'file' as const, path, size, executable: false, mtime: modified, origin };
  if (size === 0) return { ...file, sha256: nothing, parts: [] };
  return { ...file, sha256: null, parts: [{ external: { ...origin, size } }] };
}

function isSame({ origin, size, executable }: FileEntry, object: FoundObject, url: string): boolean {
  if (!origin || executable || size !== object.size || origin.url !== url) return false;
  return sameTag(origin.etag, object.etag) && isSameVersion(origin.versionId, object.versionId);
}

/** An object from before its bucket kept versions has none, or 'null', depending on when it is asked. */
function isSameVersion(a: string | null, b: string | null): boolean {
  return a === b || [a, b].every((id) => id === null || id === 'null');
}
