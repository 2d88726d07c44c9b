import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useHost } from '../host.ts';
import { FilesFeed, type FilesSnapshot, type FilesWanted } from './FilesFeed.ts';

/** A folder's rows, or those that a search finds below it. */
export function useFiles(wanted: FilesWanted): { feed: FilesFeed; snapshot: FilesSnapshot } {
  const { client } = useHost();
  const { dataset, version, folder, search, sort } = wanted;
  const feed = useMemo(
    () => new FilesFeed(client, { dataset, version, folder, search, sort }),
    [client, dataset, version, folder, search, sort],
  );
  useEffect(() => {
    feed.look(0, 1);
    return () => feed.dispose();
  }, [feed]);
  const snapshot = useSyncExternalStore(
    (listener) => feed.listen(listener),
    () => feed.snapshot,
  );
  return { feed, snapshot };
}
