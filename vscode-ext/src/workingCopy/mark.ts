import { formatCount } from '@forebay/core/api/units';
import type { StatusItem } from './FolderStatuses.ts';

export interface Mark {
  /** At most two letters, which is what the editor shows. */
  badge: string | undefined;
  title: string;
}

const letters = { added: 'A', changed: 'M', removed: 'D' } as const;
const words = {
  added: 'Not in the version yet',
  changed: 'Changed since the version',
  removed: 'Removed below',
} as const;

export function markOf({ is, count }: StatusItem): Mark {
  if (is === 'ignored') {
    return { badge: undefined, title: 'Ignored: .forebayignore leaves it out of versions' };
  }
  if (count <= 1) return { badge: letters[is], title: words[is] };
  return { badge: count < 100 ? String(count) : '●', title: `${words[is]}: ${formatCount(count, 'path')}` };
}
