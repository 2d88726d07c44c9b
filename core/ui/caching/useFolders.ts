import { useCallback, useEffect, useRef, useState } from 'react';
import { ForebayError } from '../../src/api/errors.ts';
import { parseRef } from '../../src/api/ref.ts';
import type { FileEntry } from '../../src/api/schemas.ts';
import { useHost } from '../host.ts';

/** A folder with more in it is taken whole or not at all. */
export const mostEntries = 5000;
const pageSize = 1000;

export type Folder =
  | { state: 'reading' }
  | { state: 'ready'; entries: readonly FileEntry[] }
  | { state: 'crowded' }
  | { state: 'failed'; error: ForebayError };

/** The folders of a version that were opened, with what lies in them; its top is opened at once. */
export function useFolders(ref: string): {
  folders: ReadonlyMap<string, Folder>;
  open: (folder: string) => void;
} {
  const { client } = useHost();
  const [folders, setFolders] = useState<ReadonlyMap<string, Folder>>(new Map());
  const asked = useRef(new Set<string>());
  const open = useCallback(
    (folder: string) => {
      if (asked.current.has(folder)) return;
      asked.current.add(folder);
      const put = (is: Folder) => setFolders((before) => new Map([...before, [folder, is]]));
      put({ state: 'reading' });
      const { name, selector } = parseRef(ref);
      const version = selector.kind === 'number' ? `v${selector.number}` : 'latest';
      void (async () => {
        const entries: FileEntry[] = [];
        let cursor: string | null = '';
        while (cursor !== null) {
          const page: { items: FileEntry[]; next: string | null } = await client.versions.files(
            name,
            version,
            {
              folder,
              limit: pageSize,
              ...(cursor === '' ? {} : { cursor }),
            },
          );
          entries.push(...page.items);
          cursor = page.next;
          if (entries.length > mostEntries || (cursor !== null && entries.length >= mostEntries)) {
            return put({ state: 'crowded' });
          }
        }
        put({ state: 'ready', entries });
      })().catch((error: unknown) => {
        asked.current.delete(folder);
        put({ state: 'failed', error: ForebayError.from(error) });
      });
    },
    [client, ref],
  );
  useEffect(() => open(''), [open]);
  return { folders, open };
}
