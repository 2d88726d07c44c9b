import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useId, useMemo, useRef, useState } from 'react';
import { useHost } from '../host.ts';
import { useSize } from '../live/useSize.ts';
import { useStable } from '../live/useStable.ts';
import type { GridColumn } from './column.ts';
import { GridRow } from './GridRow.tsx';
import { HeadCell } from './HeadCell.tsx';
import { goInRow } from './rowControls.ts';
import { tracksOf } from './tracks.ts';

/** Rows of which only those in sight are drawn. Arrow keys go from one to the next and in its controls, Enter opens. */
export function Grid<T>(props: GridProps<T>) {
  const { label, rows, keyOf, sort, onSort, onOpen, onAct, codeOf, marked, children } = props;
  const { rowHeight } = useHost();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { width } = useSize(scroller);
  const columns = useMemo(
    () => props.columns.filter(({ from = 0 }) => width === 0 || width >= from),
    [props.columns, width],
  );
  // By what it is, not where: rows come and go while somebody looks.
  const [activeKey, setActiveKey] = useState('');
  const active = Math.max(
    0,
    rows.findIndex((row) => keyOf(row) === activeKey),
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    // React draws once a frame, after everybody has read where it stands.
    useFlushSync: false,
    // The head stands over the first row.
    scrollPaddingStart: rowHeight,
  });
  const go = (to: number) => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, to))];
    if (row === undefined) return;
    setActiveKey(keyOf(row));
    virtual.scrollToIndex(rows.indexOf(row));
  };
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
  const current = rows[active];
  const onKeyDown = useStable((event: KeyboardEvent) => {
    const grid = scroller.current;
    if (!grid || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = grid.querySelector<HTMLElement>('.fb-grid-active');
    if (goInRow(event.key, grid, row, event.target as HTMLElement)) return event.preventDefault();
    if (event.target !== grid) return;
    const acts: Record<string, () => void> = {
      ArrowDown: () => go(active + 1),
      ArrowUp: () => go(active - 1),
      PageDown: () => go(active + page),
      PageUp: () => go(active - page),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      Enter: () => current !== undefined && onOpen(current),
      ' ': () => current !== undefined && (onAct ?? onOpen)(current),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  const activate = useStable((row: T) => setActiveKey(keyOf(row)));
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
