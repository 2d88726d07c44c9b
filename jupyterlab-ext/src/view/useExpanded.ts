import { useCallback, useEffect, useState } from 'react';
import type { Snapshot } from '../model/snapshot.ts';
import type { Row } from '../model/tree/rows.ts';
import { useHost } from './host.ts';

/** Which datasets are open. The only dataset there is opens by itself. */
export function useExpanded(snapshot: Snapshot, first: readonly string[]) {
  const { store } = useHost().forebay;
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(() => new Set(first));
  const only = snapshot.datasets.length === 1 ? snapshot.datasets[0]?.name : undefined;

  const set = useCallback(
    (name: string, open: boolean) => {
      if (open) store.open(name);
      else store.close(name);
      setExpanded((before) => {
        const after = new Set(before);
        if (open) after.add(name);
        else after.delete(name);
        return after;
      });
    },
    [store],
  );

  // Those that were open before the page was loaded.
  useEffect(() => {
    for (const name of first) store.open(name);
  }, [store, first]);

  useEffect(() => {
    if (only !== undefined) set(only, true);
  }, [only, set]);

  const toggle = (row: Row) => {
    if (row.kind === 'dataset') set(row.dataset.name, !row.expanded);
  };
  return { expanded, toggle };
}
