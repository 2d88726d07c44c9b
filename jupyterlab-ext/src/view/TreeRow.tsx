import { mountCode } from '@forebay/core/api/code/mountCode';
import type { DragEvent } from 'react';
import { rowLabel } from '../model/tree/rowLabel.ts';
import type { Row } from '../model/tree/rows.ts';
import { canCache, canClear } from '../model/versionActions.ts';
import { DatasetLine } from './DatasetLine.tsx';
import { NoteLine } from './NoteLine.tsx';
import { VersionLine } from './VersionLine.tsx';

export interface TreeRowProps {
  id: string;
  row: Row;
  /** Pixels from the top of the list. */
  top: number;
  active: boolean;
  now: number;
  onActive: (key: string) => void;
  onToggle: (row: Row) => void;
  onOpen: (row: Row) => void;
}

function placeOf(row: Row) {
  if (row.kind === 'note') return { 'aria-level': row.depth };
  return {
    'aria-level': row.kind === 'dataset' ? 1 : 2,
    'aria-posinset': row.position,
    'aria-setsize': row.count,
    ...(row.kind === 'dataset' ? { 'aria-expanded': row.expanded } : {}),
  };
}

/** What the context menu's selectors look at. */
function menuOf(row: Row) {
  if (row.kind !== 'version') return {};
  return {
    'data-fb-version': row.key,
    'data-fb-cacheable': canCache(row.level),
    'data-fb-clearable': canClear(row.level),
    'data-fb-pinned': row.level.kind === 'cached' ? row.level.placement.pinned : undefined,
  };
}

/** A dataset is dragged as its newest version. */
function codeOf(row: Row): string | undefined {
  if (row.kind === 'version') return mountCode(row.dataset, row.version.version);
  const latest = row.kind === 'dataset' ? row.dataset.latest : null;
  return latest ? mountCode(latest.dataset, latest.version) : undefined;
}

function drag(row: Row) {
  const code = codeOf(row);
  if (code === undefined) return {};
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.effectAllowed = 'copy';
      event.dataTransfer.setData('text/plain', code);
    },
  };
}

export function TreeRow({ id, row, top, active, now, onActive, onToggle, onOpen }: TreeRowProps) {
  return (
    // Keys are the tree's, which holds the focus and names this row as its active one.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={id}
      className={`fb-row fb-row-${row.kind}${active ? ' fb-row-active' : ''}`}
      style={{ top }}
      role="treeitem"
      aria-label={rowLabel(row, now)}
      aria-selected={active}
      {...placeOf(row)}
      {...menuOf(row)}
      {...drag(row)}
      onDoubleClick={() => row.kind !== 'note' && onOpen(row)}
      onContextMenu={() => onActive(row.key)}
      onClick={() => {
        onActive(row.key);
        if (row.kind === 'dataset') onToggle(row);
        else if (row.kind === 'note') onOpen(row);
      }}
    >
      {row.kind === 'dataset' && <DatasetLine row={row} />}
      {row.kind === 'version' && <VersionLine row={row} active={active} now={now} />}
      {row.kind === 'note' && <NoteLine row={row} />}
    </div>
  );
}
