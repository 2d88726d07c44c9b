import { type DragEvent, memo } from 'react';
import { InRow } from '../parts/inRow.ts';
import type { GridColumn } from './column.ts';

/** Drawn again only when what it shows has changed: a grid that is scrolled draws rows that come into sight alone. */
export const GridRow = memo(function GridRow<T>(props: GridRowProps<T>) {
  const { id, row, index, columns, top, active, marked, code, onActive, onOpen } = props;
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={marked}
      className={`fb-grid-row fb-grid-line${active ? ' fb-grid-active' : ''}${marked ? ' fb-grid-selected' : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      onClick={() => onActive(row)}
      onDoubleClick={() => onOpen(row)}
      draggable={code !== undefined}
      onDragStart={(event: DragEvent) => {
        event.dataTransfer.effectAllowed = 'copy';
        event.dataTransfer.setData('text/plain', code ?? '');
      }}
    >
      <InRow.Provider value={true}>
        {columns.map(({ title, numeric, width, cell, hint }) => {
          const shown = cell(row);
          const long = typeof shown !== 'string' || mayBeCut(shown, width);
          return (
            <span
              key={title}
              role="gridcell"
              className={`fb-cell${long ? ' fb-cell-long' : ''}${numeric ? ' fb-cell-number' : ''}`}
              title={hint?.(row)}
            >
              {shown}
            </span>
          );
        })}
      </InRow.Provider>
    </div>
  );
}) as <T>(props: GridRowProps<T>) => React.JSX.Element;

/** Pixels: the widest letters of a usual font at 13, and a cell's sides. */
const letter = 8;
const sides = 16;

/** Whether a text may need to be cut off: what clips costs more to draw. */
export const mayBeCut = (text: string, width: number): boolean => text.length * letter > width - sides;

interface GridRowProps<T> {
  id: string;
  row: T;
  index: number;
  columns: readonly GridColumn<T>[];
  /** Pixels from the first row's top. */
  top: number;
  active: boolean;
  marked: boolean | undefined;
  /** What it is dragged as. */
  code: string | undefined;
  onActive: (row: T) => void;
  onOpen: (row: T) => void;
}
