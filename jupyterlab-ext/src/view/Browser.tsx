import { useNow } from '@forebay/core/ui/live/useNow';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { KeptState } from '../model/sideBarState.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { type Row, rowsOf } from '../model/tree/rows.ts';
import { commandIds } from '../plugins/commandIds.ts';
import { Details } from './Details.tsx';
import { NothingFound } from './Faces.tsx';
import { FilterBar } from './FilterBar.tsx';
import { useHost } from './host.ts';
import { Tree } from './Tree.tsx';
import { useExpanded } from './useExpanded.ts';
import { usePrimaryAction } from './usePrimaryAction.ts';

/** Filter, tree, and the chosen version. */
export function Browser({ snapshot, state }: { snapshot: Snapshot; state: KeptState }) {
  const { forebay, run } = useHost();
  const now = useNow(30_000);
  const [filter, setFilter] = useState(state.first.filter);
  const [cachedOnly, setCachedOnly] = useState(state.first.cachedOnly);
  const [active, setActive] = useState<string | null>(state.first.active);
  const { expanded, toggle } = useExpanded(snapshot, state.first.expanded);
  const act = usePrimaryAction();
  const rows = useMemo(
    () => rowsOf(snapshot, { filter, cachedOnly, expanded }),
    [snapshot, filter, cachedOnly, expanded],
  );
  const chosen = rows.find((row) => row.key === active);
  const version = chosen?.kind === 'version' ? chosen : null;
  const [dataset, number] = [version?.dataset, version?.version.version];

  useEffect(() => {
    forebay.selected = dataset !== undefined && number !== undefined ? { dataset, version: number } : null;
  }, [forebay, dataset, number]);

  useEffect(() => {
    state.keep({ filter, cachedOnly, expanded: [...expanded], active });
  }, [state, filter, cachedOnly, expanded, active]);

  const more = useCallback(
    (row: Row) => {
      if (row.kind !== 'note' || row.note === 'none' || row.note === 'loading') return;
      void (row.dataset === null ? forebay.store.moreDatasets() : forebay.store.moreVersions(row.dataset));
    },
    [forebay],
  );
  const seen = useCallback((row: Row) => row.kind === 'note' && row.note === 'more' && more(row), [more]);

  const open = (row: Row) => {
    if (row.kind === 'note') more(row);
    else if (row.kind === 'dataset') run(commandIds.openDataset, { dataset: row.dataset.name });
    else run(commandIds.openDataset, { dataset: row.dataset, version: row.version.version });
  };

  return (
    <>
      <FilterBar filter={filter} cachedOnly={cachedOnly} onFilter={setFilter} onCachedOnly={setCachedOnly} />
      {rows.length === 0 ? (
        <NothingFound
          onClear={() => {
            setFilter('');
            setCachedOnly(false);
          }}
        />
      ) : (
        <Tree
          rows={rows}
          active={active}
          now={now}
          onActive={setActive}
          onToggle={toggle}
          onOpen={open}
          onAct={act}
          onSeen={seen}
        />
      )}
      {version && (
        <Details
          row={version}
          parts={snapshot.parts.filter((one) => one.dataset === dataset && one.version === number)}
          now={now}
          onClose={() => setActive(version.dataset)}
        />
      )}
    </>
  );
}
