import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef } from 'react';
import { useHost } from '../host.ts';
import { useSize } from '../live/useSize.ts';
import { useStable } from '../live/useStable.ts';
import { useKeptFocus } from '../parts/useKeptFocus.ts';
import type { GridColumn } from './column.ts';
import { fitting } from './fitting.ts';
import { GridRow } from './GridRow.tsx';
import { HeadCell } from './HeadCell.tsx';
import { goInRow } from './rowControls.ts';
import { tracksOf } from './tracks.ts';
import { useGridRows } from './useGridRows.ts';

/** Rows of which only those in sight are drawn. Arrow keys go from one to the next and in its controls, Enter opens. */
export function Grid<T>(props: GridProps<T>) {
  const { label, rows, keyOf, sort, onSort, onOpen, onAct, codeOf, marked, children } = props;
  const { rowHeight } = useHost();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { width } = useSize(scroller);
  const columns = useMemo(() => fitting(props.columns, width), [props.columns, width]);
  const { virtual, active, current, activate, moves } = useGridRows(rows, keyOf, scroller);
  const onKeyDown = useStable((event: KeyboardEvent) => {
    const grid = scroller.current;
    if (!grid || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = grid.querySelector<HTMLElement>('.fb-grid-active');
    if (goInRow(event.key, grid, row, event.target as HTMLElement)) return event.preventDefault();
    if (event.target !== grid) return;
    const acts: Record<string, () => void> = {
      ...moves,
      Enter: () => current !== undefined && onOpen(current),
      ' ': () => current !== undefined && (onAct ?? onOpen)(current),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  const keptFocus = useKeptFocus(scroller);
  const open = useStable(onOpen);
  return (
    <div
      className="fb-grid"
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={current === undefined ? undefined : `${id}-${active}`}
      tabIndex={0}
      style={tracksOf(columns, rowHeight)}
      onKeyDown={onKeyDown}
      {...keptFocus}
    >
      <div className="fb-grid-head fb-grid-line" role="row" aria-rowindex={1}>
        {columns.map((column) => (
          <HeadCell key={column.title} column={column} sort={sort} onSort={onSort} />
        ))}
      </div>
      {children}
      <div role="rowgroup" className="fb-grid-body" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const key = keyOf(row);
          return (
            <GridRow
              key={key}
              id={`${id}-${index}`}
              {...{ row, index, columns }}
              top={start}
              active={index === active}
              marked={marked?.has(key)}
              code={codeOf?.(row)}
              onActive={activate}
              onOpen={open}
            />
          );
        })}
      </div>
    </div>
  );
}

export interface GridProps<T> {
  /** What a screen reader calls it. */
  label: string;
  rows: readonly T[];
  columns: readonly GridColumn<T>[];
  /** The same row keeps it while others come and go. */
  keyOf: (row: T) => string;
  /** A column's id, with `-` before it from great to small. */
  sort: string;
  onSort: (sort: string) => void;
  /** Enter and a double click. */
  onOpen: (row: T) => void;
  /** Space. */
  onAct?: (row: T) => void;
  /** What a row is dragged as. */
  codeOf?: (row: T) => string | undefined;
  /** Keys of rows that are chosen. */
  marked?: ReadonlySet<string>;
  /** Between head and rows: what there is to say where there are none. */
  children?: ReactNode;
}
