import { fileType } from '../../src/api/fileType.ts';
import type { FileEntry } from '../../src/api/schemas.ts';
import { formatBytes, formatCount } from '../../src/api/text/units.ts';

/** What a list shows of a file: its name within the folder, or below it where a search found it. */
export const nameIn = (folder: string, path: string): string =>
  folder === '' ? path : path.slice(folder.length + 1);

export function typeText(entry: FileEntry): string {
  if (entry.kind !== 'file') return entry.kind;
  return fileType(entry.path).toUpperCase();
}

/** Of a folder its files too: '1,200 files, 3.1 MB'. */
export function sizeText({ kind, size, files = 0 }: FileEntry): string {
  if (kind === 'link') return '';
  return kind === 'folder' && files > 0
    ? `${formatCount(files, 'file')}, ${formatBytes(size)}`
    : formatBytes(size);
}

/** '2026-11-27 14:02' in the reader's own zone: the same width in every row. */
export function modifiedText({ mtime }: FileEntry): string {
  if (mtime === undefined) return '';
  const date = new Date(mtime);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

export const folderAbove = (folder: string): string => folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
