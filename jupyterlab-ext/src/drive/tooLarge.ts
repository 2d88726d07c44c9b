import { formatBytes } from '@forebay/core/api/text/units';
import { previewKind } from '@forebay/core/ui/files/previewKind';

/** Bytes that JupyterLab's viewers get as a whole: they hold all of a file in memory. */
export const wholeMost = 20_000_000;
/** And of a larger text its beginning. */
export const beginningMost = 1_000_000;

/** Whether the beginning of a file says something by itself. */
export function canBegin(path: string): boolean {
  const kind = previewKind(path);
  return kind === 'text' || kind === 'table' || kind === 'markdown';
}

export const beginningText = (name: string, shown: number, size: number): string =>
  `${name} has ${formatBytes(size)}. Its first ${formatBytes(shown)} are shown; mount the version to read all of it.`;

export const refusalText = (name: string, size: number): string =>
  `${name} has ${formatBytes(size)}, more than JupyterLab's viewers can hold. Mount the version, and read the file from its folder.`;
