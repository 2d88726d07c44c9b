import { type DependencyList, useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useHost } from '../host.ts';
import { ListFeed, type ListSnapshot, type ListSource } from './ListFeed.ts';

/** A whole list, kept true while this is shown; another one where what it depends on is another. */
export function useList<T>(
  source: ListSource<T>,
  dependencies: DependencyList,
): ListSnapshot<T> & { reload: () => void } {
  const { client } = useHost();
  const before = useRef<readonly T[]>([]);
  // Who calls says on what its source depends.
  const feed = useMemo(() => new ListFeed(client, source, before.current), [client, ...dependencies]);
  useEffect(() => {
    feed.start();
    return () => feed.dispose();
  }, [feed]);
  const snapshot = useSyncExternalStore(
    (listener) => feed.listen(listener),
    () => feed.snapshot,
  );
  before.current = snapshot.items;
  return { ...snapshot, reload: () => feed.reload() };
}
