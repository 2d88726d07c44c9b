import type { DiffFolders } from '../../../src/api/schemas.ts';

type Item = DiffFolders['items'][number];

/** A sub-folder's bars: widths are shares of the longest, 0 to 1. */
export interface Bar {
  path: string;
  name: string;
  before: number;
  after: number;
  /** Files more than before; fewer where negative. */
  more: number;
  widths: { before: number; after: number };
  /** Share of all files on each side, 0 to 1. */
  shares: { before: number; after: number };
}

/** How files are spread over folders (the classes of many datasets), before and after. */
export function balanceOf(items: readonly Item[]): Bar[] {
  const all = (side: 'before' | 'after') => items.reduce((sum, item) => sum + item[side].files, 0);
  const longest = Math.max(1, ...items.flatMap(({ before, after }) => [before.files, after.files]));
  const [allBefore, allAfter] = [Math.max(1, all('before')), Math.max(1, all('after'))];
  return items.map(({ path, before, after }) => ({
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    before: before.files,
    after: after.files,
    more: after.files - before.files,
    widths: { before: before.files / longest, after: after.files / longest },
    shares: { before: before.files / allBefore, after: after.files / allAfter },
  }));
}

/** '+12', '−214', '' where nothing changed. */
export function signedCount(more: number): string {
  if (more === 0) return '';
  return `${more > 0 ? '+' : '−'}${Math.abs(more).toLocaleString('en-US')}`;
}

/** '12.3%' */
export const percent = (share: number) => `${(share * 100).toFixed(share < 0.0995 ? 1 : 0)}%`;
