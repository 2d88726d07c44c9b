import type { FileEntry } from '@forebay/core/api/schemas';
import { formatBytes, formatCount } from '@forebay/core/api/units';
import { contentPath } from '../files/contentPath.ts';
import type { Row } from '../tree/row.ts';

/** `cached` tells menus whether there is a path to copy. */
export function fileRow(dataset: string, version: number, entry: FileEntry, cached: boolean): Row {
  const label = entry.path.slice(entry.path.lastIndexOf('/') + 1);
  const state = cached ? 'ready' : 'lake';
  const common = { id: `${dataset}@v${version}:${entry.path}`, label, context: `${entry.kind}.${state}` };
  switch (entry.kind) {
    case 'folder':
      return {
        ...common,
        ...(entry.files === undefined ? {} : { description: formatCount(entry.files, 'file') }),
        icon: 'folder',
        resource: contentPath({ dataset, version, path: entry.path }),
        expandable: true,
      };
    case 'link':
      return { ...common, description: `→ ${entry.target}`, icon: 'file-symlink-file', expandable: false };
    case 'file':
      return {
        ...common,
        description: formatBytes(entry.size),
        icon: 'file',
        resource: contentPath({ dataset, version, path: entry.path }),
        expandable: false,
        command: 'forebay.version.openFile',
      };
  }
}
