import { Icon } from '../parts/Icon.tsx';
import { nextSort, sortOf } from './sort.ts';

/** A column's name, which is pressed to sort by it. */
export function HeadCell({ column, sort, onSort }: HeadCellProps) {
  const { id, title, numeric, unsorted } = column;
  const by = sortOf(sort);
  const sorted = by.id === id;
  return (
    <div
      role="columnheader"
      className={`fb-cell fb-cell-head${numeric ? ' fb-cell-number' : ''}`}
      aria-sort={unsorted ? undefined : sorted ? (by.descending ? 'descending' : 'ascending') : 'none'}
    >
      {id === '' ? (
        <span className="fb-only-read">{title}</span>
      ) : unsorted ? (
        <span className="fb-cell-text">{title}</span>
      ) : (
        <button type="button" title={`Sort by ${title}`} onClick={() => onSort(nextSort(sort, id, numeric))}>
          <span className="fb-cell-text">{title}</span>
          {sorted && <Icon name={by.descending ? 'down' : 'up'} />}
        </button>
      )}
    </div>
  );
}

interface HeadCellProps {
  column: { id: string; title: string; numeric?: boolean; unsorted?: boolean };
  sort: string;
  onSort: (sort: string) => void;
}
