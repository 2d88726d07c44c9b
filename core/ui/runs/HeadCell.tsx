import { nextSort, sortOf } from '../grid/sort.ts';
import { Icon } from '../parts/Icon.tsx';
import type { Column } from './columns.ts';

/** A press sorts, another one the other way round; dragged onto another column it takes its place. */
export function HeadCell({ column, width, sort, onSort, onDrop, sticky = false }: HeadCellProps) {
  const { id, title, group, numeric } = column;
  const by = sortOf(sort);
  const sorted = by.id === id;
  const kind = `${numeric ? ' fb-cell-number' : ''}${sticky ? ' fb-cell-name' : ''}`;
  return (
    <div
      role="columnheader"
      aria-sort={sorted ? (by.descending ? 'descending' : 'ascending') : 'none'}
      className={`fb-cell fb-cell-head${kind}`}
      style={{ width }}
      draggable={onDrop !== undefined}
      onDragStart={(event) => event.dataTransfer.setData(dragged, id)}
      onDragOver={(event) => {
        if (onDrop && event.dataTransfer.types.includes(dragged)) event.preventDefault();
      }}
      onDrop={(event) => {
        event.preventDefault();
        onDrop?.(event.dataTransfer.getData(dragged));
      }}
    >
      <button
        type="button"
        title={`${title} (${group.toLowerCase()})`}
        onClick={() => onSort(nextSort(sort, id, numeric))}
      >
        <span className="fb-cell-text">{title}</span>
        {sorted && <Icon name={by.descending ? 'down' : 'up'} />}
      </button>
    </div>
  );
}

const dragged = 'application/x-forebay-column';

interface HeadCellProps {
  column: Column;
  width: number;
  sort: string;
  onSort: (sort: string) => void;
  /** Told of the column that was dropped here. */
  onDrop?: (id: string) => void;
  sticky?: boolean;
}
