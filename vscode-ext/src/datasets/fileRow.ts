import type { FileEntry } from '@forebay/core/api/schemas';
import { formatBytes, formatCount } from '@forebay/core/api/text/units';
import { contentPath } from '../files/contentPath.ts';
import { escapeMarkdown, type Row, say } from '../tree/row.ts';

/** `cached` tells menus whether there is a path to copy. */
export function fileRow(dataset: string, version: number, entry: FileEntry, cached: boolean): Row {
  const label = entry.path.slice(entry.path.lastIndexOf('/') + 1);
  const state = cached ? 'ready' : 'lake';
  const what = whatOf(entry);
  const common = {
    id: `${dataset}@v${version}:${entry.path}`,
    label,
    ...(what === '' ? {} : { description: what }),
    tooltip: `**${escapeMarkdown(label)}**  \n${escapeMarkdown(say(`${dataset}@v${version}:${entry.path}`, what))}`,
    spoken: `${label}, ${entry.kind}${what && `, ${what}`}`,
    context: `${entry.kind}.${state}`,
  };
  switch (entry.kind) {
    case 'folder':
      return {
        ...common,
        icon: 'folder',
        resource: contentPath({ dataset, version, path: entry.path }),
        expandable: true,
      };
    case 'link':
      return {
        ...common,
        icon: 'file-symlink-file',
        expandable: false,
        command: 'forebay.version.openFile',
      };
    case 'file':
      return {
        ...common,
        icon: 'file',
        resource: contentPath({ dataset, version, path: entry.path }),
        expandable: false,
        command: 'forebay.version.openFile',
      };
  }
}

/** A file's size, how much is in a folder, where a link leads. */
function whatOf({ kind, size, files, target }: FileEntry): string {
  if (kind === 'link') return `→ ${target}`;
  if (kind === 'file') return formatBytes(size);
  return files === undefined ? '' : formatCount(files, 'file');
}
