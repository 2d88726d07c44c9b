import { hash } from 'node:crypto';
import { comparePaths, type Entry } from '../../../core/src/dataset/entry.ts';
import { readHistory } from '../../../core/src/dataset/history.ts';
import { ChangeList } from '../../../core/src/dataset/manifest/changes.ts';
import { ManifestWriter } from '../../../core/src/dataset/manifest/write.ts';
import { keyOf } from '../../../core/src/dataset/names.ts';
import { appendVersion } from '../../../core/src/dataset/sync/commit.ts';
import { Uploads } from '../../../core/src/dataset/sync/uploads.ts';
import type { Lake } from '../../../core/src/lake/lake.ts';

const folders = 1000;

/** Paths of `count` pictures in a thousand folders, in path order. */
export function manyPaths(count: number): string[] {
  const paths = Array.from({ length: count }, (_, nth) => {
    const [folder, name] = [nth % folders, nth].map((each) => String(each).padStart(8, '0'));
    return `images/${folder}/${name}_000.png`;
  });
  return paths.sort(comparePaths);
}

/**
 * Commits a version of which only the manifest is there, which is all that a comparison reads; `content` names what a
 * path holds.
 */
export async function commitManifest(
  lake: Lake,
  datasetId: string,
  paths: readonly string[],
  content: (path: string, nth: number) => string,
  before?: (path: string, nth: number) => string,
): Promise<void> {
  const { signal } = new AbortController();
  const control = { signal, report: () => undefined };
  const uploads = new Uploads(lake, signal);
  const writer = new ManifestWriter({
    reuse: () => undefined,
    packSize: () => 0,
    putPages: (object, bytes) => uploads.put(keyOf.pages(datasetId, object), bytes),
  });
  const entryOf = (path: string, text: string): Entry => ({
    ...{ kind: 'file', path, size: 1000 + (text.length % 7), executable: false, mtime: 0 },
    ...{ sha256: hash('sha256', text), parts: [] },
  });
  const changes = new ChangeList();
  for (const [nth, path] of paths.entries()) {
    const entry = entryOf(path, content(path, nth));
    changes.compare(before && entryOf(path, before(path, nth)), entry);
    writer.add(entry);
    if (writer.isFull) await writer.flush();
  }
  const root = await writer.finish();
  const history = await readHistory(lake, datasetId, signal);
  const parent = history.versions.at(-1);
  const sending = { check: () => undefined, before: async () => undefined, refused: async () => undefined };
  const proposal = {
    lake,
    datasetId,
    history,
    parent,
    made: { root, changes },
    message: '',
    author: 'bench',
  };
  await appendVersion(proposal, sending, uploads, control);
}
