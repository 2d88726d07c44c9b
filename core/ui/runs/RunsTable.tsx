import { type KeyboardEvent, useRef } from 'react';
import type { Run } from '../../src/api/schemas.ts';
import { tracksOf } from '../grid/tracks.ts';
import { useGridRows } from '../grid/useGridRows.ts';
import { useHost } from '../host.ts';
import { useStable } from '../live/useStable.ts';
import { Icon } from '../parts/Icon.tsx';
import type { TableRow } from './arrange.ts';
import { type Column, nameColumn } from './columns.ts';
import { HeadCell } from './HeadCell.tsx';
import { RunRow } from './RunRow.tsx';

/** A grid of runs of which only what is in sight is drawn; its first column stays. */
export function RunsTable(props: RunsTableProps) {
  const { rows, columns, selected, onSelect, sort, onSort, onOpen, onToggleGroup, onMoveColumn, spark, now } =
    props;
  const { rowHeight } = useHost();
  const scroller = useRef<HTMLDivElement>(null);
  const { virtual, active, current, activate, moves } = useGridRows(rows, keyOf, scroller);
  const setActive = useStable((index: number) => {
    const row = rows[index];
    if (row) activate(row);
  });
  const isScrolling = useStable(() => virtual.isScrolling);
  const width = columns.reduce((sum, column) => sum + column.width, nameWidth);
  const acts: Record<string, () => void> = {
    ...moves,
    Enter: () => {
      if (current?.kind === 'run') onOpen(current.run);
      if (current?.kind === 'group') onToggleGroup(current.key);
    },
    ' ': () => {
      if (current?.kind === 'run') onSelect(current.run, false);
      if (current?.kind === 'group') onToggleGroup(current.key);
    },
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const act = event.target === scroller.current ? acts[event.key] : undefined;
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  return (
    <div
      className="fb-grid"
      ref={scroller}
      role="grid"
      aria-label="Runs"
      aria-rowcount={rows.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={current ? `fb-row-${active}` : undefined}
      tabIndex={0}
      style={tracksOf([{ width: nameWidth }, ...columns], rowHeight)}
      onKeyDown={onKeyDown}
      onScroll={({ currentTarget }) => {
        const across = `${currentTarget.scrollLeft}px`;
        if (across !== currentTarget.style.getPropertyValue('--fb-across')) {
          currentTarget.style.setProperty('--fb-across', across);
        }
      }}
    >
      <div className="fb-grid-head" role="row" aria-rowindex={1} style={{ width, height: rowHeight }}>
        <HeadCell column={nameColumn} width={nameWidth} sort={sort} onSort={onSort} sticky />
        {columns.map((column) => (
          <HeadCell
            key={column.id}
            {...{ column, sort, onSort }}
            width={column.width}
            onDrop={(moved) => onMoveColumn(moved, column.id)}
          />
        ))}
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), width, position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          return row.kind === 'run' ? (
            <RunRow
              key={row.run.id}
              {...{ run: row.run, index, columns, spark, start, onSelect, onOpen, isScrolling }}
              active={index === active}
              now={row.run.state === 'running' ? now : 0}
              onActive={setActive}
              selected={selected.has(row.run.id)}
            />
          ) : (
            <div
              key={`group ${row.key}`}
              id={`fb-row-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-expanded={row.open}
              className={`fb-grid-row fb-grid-group${index === active ? ' fb-grid-active' : ''}`}
              style={{ height: rowHeight, width, transform: `translateY(${start}px)` }}
              onClick={() => {
                activate(row);
                onToggleGroup(row.key);
              }}
            >
              <span role="gridcell" className="fb-cell fb-cell-name">
                <Icon name={row.open ? 'down' : 'right'} />
                <strong>{row.text}</strong>
                <span className="fb-dim fb-number">{row.count.toLocaleString('en-US')}</span>
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

const keyOf = (row: TableRow) => (row.kind === 'run' ? row.run.id : `group ${row.key}`);

export const nameWidth = 260;

interface RunsTableProps {
  rows: readonly TableRow[];
  columns: readonly Column[];
  selected: ReadonlySet<string>;
  /** `range`: with all between it and the one before. */
  onSelect: (run: Run, range: boolean) => void;
  sort: string;
  onSort: (sort: string) => void;
  onOpen: (run: Run) => void;
  onToggleGroup: (key: string) => void;
  onMoveColumn: (moved: string, place: string) => void;
  /** The metric whose column also draws how it went; empty: none. */
  spark: string;
  /** Milliseconds since 1970; rows of what runs are drawn anew with it. */
  now: number;
}
