import { selectionText } from '../../api/selection.ts';
import type { Lake } from '../../lake/lake.ts';
import { FolderReader, type FolderSource } from './folderReader.ts';

/** Views are kept for paging, since a version never changes; least recently used goes first. */
const most = { views: 8, rows: 1_000_000 };
const recent = new WeakMap<Lake, Map<string, FolderReader>>();

/** What lies directly below a folder of a version, read once. */
export function readFolder(source: FolderSource): FolderReader {
  const { lake, datasetId, root, prefix, selection } = source;
  const ofLake = recent.get(lake) ?? new Map<string, FolderReader>();
  recent.set(lake, ofLake);
  const key = `${datasetId} ${root} ${prefix} ${selectionText(selection)}`;
  const reader = ofLake.get(key) ?? new FolderReader(source);
  ofLake.delete(key);
  ofLake.set(key, reader);
  reader.whole.catch(() => ofLake.get(key) === reader && ofLake.delete(key));
  let rows = 0;
  for (const [name, each] of [...ofLake].reverse().slice(1)) {
    rows += each.total;
    if (rows + reader.total > most.rows) ofLake.delete(name);
  }
  const [oldest] = ofLake.keys();
  if (ofLake.size > most.views && oldest !== undefined) ofLake.delete(oldest);
  return reader;
}
