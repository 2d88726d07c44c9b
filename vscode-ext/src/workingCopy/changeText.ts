import type { WorkingCopyStatus } from '@forebay/core/api/schemas';
import { formatAgo } from '@forebay/core/api/text/moment';
import { say } from '../tree/row.ts';

export type Change = WorkingCopyStatus['changes'][number];

/** How a changed file is marked: letter, words, and the colour that the editor has for it. */
export const marks: Record<Change['is'], { letter: string; tooltip: string; color: string }> = {
  added: {
    letter: 'A',
    tooltip: 'Not in the version yet',
    color: 'gitDecoration.addedResourceForeground',
  },
  changed: {
    letter: 'M',
    tooltip: 'Changed since the version',
    color: 'gitDecoration.modifiedResourceForeground',
  },
  removed: {
    letter: 'D',
    tooltip: 'Removed since the version',
    color: 'gitDecoration.deletedResourceForeground',
  },
};

/** 'Changes', or how many of them are listed where that isn't all. */
export function groupLabel(status: WorkingCopyStatus): string {
  const all = countOf(status);
  const listed = status.changes.length;
  const number = (n: number) => n.toLocaleString('en-US');
  return listed === all ? 'Changes' : `Changes, the first ${number(listed)} of ${number(all)}`;
}

export const countOf = ({ added, changed, removed }: WorkingCopyStatus) => added + changed + removed;

/** 'v3', what the folder stands on. */
export const baseLabel = ({ base }: WorkingCopyStatus) => (base === 0 ? 'no version yet' : `v${base}`);

/** 'v5 by ben · 2 h ago'; undefined where nothing newer is there. */
export function newerText({ newest }: WorkingCopyStatus, now: number): string | undefined {
  if (newest === null) return undefined;
  return say(`v${newest.version} by ${newest.author}`, formatAgo(newest.time, now));
}
