import { memo } from 'react';
import { starTag } from '../../src/api/run/runTags.ts';
import type { Run } from '../../src/api/schemas.ts';
import { mayBeCut } from '../grid/GridRow.tsx';
import { Icon } from '../parts/Icon.tsx';
import { StateIcon } from '../parts/StateIcon.tsx';
import type { Column } from './columns.ts';
import { Sparkline } from './Sparkline.tsx';

/** Drawn again only when what it shows has changed: a table that is scrolled draws new rows alone. */
export const RunRow = memo(function RunRow(props: RunRowProps) {
  const { run, index, columns, selected, active, start, spark, ...on } = props;
  return (
    <div
      id={`fb-row-${index}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={`fb-grid-row fb-grid-line${selected ? ' fb-grid-selected' : ''}${active ? ' fb-grid-active' : ''}`}
      style={{ transform: `translateY(${start}px)` }}
      onClick={() => on.onActive(index)}
      onDoubleClick={() => on.onOpen(run)}
    >
      <span
        role="rowheader"
        className="fb-cell fb-cell-name"
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <input
          type="checkbox"
          tabIndex={-1}
          checked={selected}
          aria-label={`Select ${run.name}`}
          onChange={() => undefined}
          onClick={(event) => on.onSelect(run, event.shiftKey)}
        />
        <StateIcon state={run.state} />
        <button
          type="button"
          tabIndex={-1}
          className="fb-text-button fb-cell-text"
          title={run.name}
          onClick={() => on.onOpen(run)}
        >
          {run.name}
        </button>
        {run.tags[starTag] === 'true' && <Icon name="star" filled className="fb-starred" />}
      </span>
      {columns.map((column) => {
        const text = column.text(run);
        const drawn = column.id === `metric:${spark}`;
        const long = drawn || mayBeCut(text, column.width);
        const kind = `${column.numeric ? ' fb-cell-number' : ''}${drawn ? ' fb-cell-drawn' : ''}${long ? ' fb-cell-long' : ''}`;
        return (
          <span key={column.id} role="gridcell" title={long ? text : undefined} className={`fb-cell${kind}`}>
            {drawn && <Sparkline run={run} metric={spark} isScrolling={on.isScrolling} />}
            {text}
          </span>
        );
      })}
    </div>
  );
});

interface RunRowProps {
  run: Run;
  index: number;
  columns: readonly Column[];
  selected: boolean;
  active: boolean;
  /** Pixels from the top of all rows. */
  start: number;
  /** Milliseconds since 1970 where it runs: its duration moves on. */
  now: number;
  spark: string;
  isScrolling: () => boolean;
  onActive: (index: number) => void;
  onSelect: (run: Run, range: boolean) => void;
  onOpen: (run: Run) => void;
}
