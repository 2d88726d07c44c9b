import { useCallback, useEffect, useMemo, useState } from 'react';
import { type Row, rowsOf } from '../model/rows.ts';
import type { Snapshot } from '../model/snapshot.ts';
import { Details } from './Details.tsx';
import { NothingFound } from './Faces.tsx';
import { FilterBar } from './FilterBar.tsx';
import { useHost, useNow } from './host.ts';
import { Tree } from './Tree.tsx';
import { useExpanded } from './useExpanded.ts';
import { usePrimaryAction } from './usePrimaryAction.ts';

/** Filter, tree, and the chosen version. */
export function Browser({ snapshot }: { snapshot: Snapshot }) {
  const { forebay } = useHost();
  const now = useNow();
  const [filter, setFilter] = useState('');
  const [cachedOnly, setCachedOnly] = useState(false);
  const [active, setActive] = useState<string | null>(null);
  const { expanded, toggle } = useExpanded(snapshot);
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

  const more = useCallback(
    (row: Row) => {
      if (row.kind !== 'note' || row.note === 'none' || row.note === 'loading') return;
      void (row.dataset === null ? forebay.store.moreDatasets() : forebay.store.moreVersions(row.dataset));
    },
    [forebay],
  );
  const seen = useCallback((row: Row) => row.kind === 'note' && row.note === 'more' && more(row), [more]);

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
          onOpen={(row) => (row.kind === 'dataset' ? toggle(row) : more(row))}
          onAct={act}
          onSeen={seen}
        />
      )}
      {version && <Details row={version} now={now} onClose={() => setActive(version.dataset)} />}
    </>
  );
}
