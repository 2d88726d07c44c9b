import { useEffect, useState } from 'react';
import type { ForebayError } from '../../src/api/errors.ts';
import { useStable } from '../live/useStable.ts';
import { SearchBox } from '../parts/SearchBox.tsx';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import type { Column } from './columns.ts';
import type { Shown, TableView } from './runsView.ts';

const shownWords: Record<Shown, string> = {
  active: 'Current',
  starred: 'Starred',
  archived: 'Archived',
  deleted: 'Deleted',
};

/** Milliseconds that a filter rests before it is asked for. */
const rest = 400;

export function RunsToolbar({ view, onChange, experiments, columns, shown, wrong }: RunsToolbarProps) {
  const [filter, setFilter] = useState(view.filter);
  const ask = useStable(() => onChange({ filter }));
  const asked = view.filter;
  useEffect(() => setFilter(asked), [asked]);
  // What a person types rests before it is asked for.
  useEffect(() => {
    if (filter === asked) return;
    const timer = setTimeout(ask, rest);
    return () => clearTimeout(timer);
  }, [filter, asked, ask]);
  return (
    <div className="fb-toolbar">
      <SearchBox value={view.search} onChange={(search) => onChange({ search })} label="Search runs" />
      <SearchBox
        value={filter}
        onChange={setFilter}
        label="Filter"
        placeholder="metrics.accuracy > 0.9 and params.model = 'cnn'"
        problem={wrong?.message}
      />
      <select
        className="fb-select"
        aria-label="Experiment"
        value={view.experiment}
        onChange={({ target }) => onChange({ experiment: target.value })}
      >
        <option value="">All experiments</option>
        {experiments.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      <select
        className="fb-select"
        aria-label="Which runs"
        value={view.shown}
        onChange={({ target }) => onChange({ shown: target.value as Shown })}
      >
        {Object.entries(shownWords).map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
      <select
        className="fb-select"
        aria-label="Group by"
        value={view.group}
        onChange={({ target }) => onChange({ group: target.value })}
      >
        <option value="">No groups</option>
        {columns
          .filter(({ group, numeric }) => group !== 'Metrics' && !(group === 'Run' && numeric))
          .map(({ id, title }) => (
            <option key={id} value={id}>
              By {title.toLowerCase()}
            </option>
          ))}
      </select>
      <ColumnsMenu all={columns} shown={shown} onChange={(chosen) => onChange({ columns: chosen })} />
    </div>
  );
}

interface RunsToolbarProps {
  view: TableView;
  onChange: (change: Partial<TableView>) => void;
  experiments: readonly string[];
  columns: readonly Column[];
  shown: readonly string[];
  /** What the hub says of the filter. */
  wrong: ForebayError | null;
}
