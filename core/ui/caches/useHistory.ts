import { useState } from 'react';
import type { HistoryEntry } from '../../src/api/schemas.ts';
import { type Live, useLive } from '../live/useLive.ts';

const pageSize = 200;

/** The newest entries; `more` reads as many again. */
export function useHistory(
  cache: string,
): Live<{ entries: HistoryEntry[]; whole: boolean }> & { more: () => void } {
  const [pages, setPages] = useState(1);
  const live = useLive(
    async ({ caches }) => {
      const entries: HistoryEntry[] = [];
      let cursor: string | null = '';
      for (let page = 0; page < pages && cursor !== null; page++) {
        const read: { items: HistoryEntry[]; next: string | null } = await caches.history({
          limit: pageSize,
          ...(cache === '' ? {} : { cache }),
          ...(cursor === '' ? {} : { cursor }),
        });
        entries.push(...read.items);
        cursor = read.next;
      }
      return { entries, whole: cursor === null };
    },
    ({ kind }) => kind === 'placement' || kind === 'cache',
    [cache, pages],
  );
  return { ...live, more: () => setPages(pages + 1) };
}
