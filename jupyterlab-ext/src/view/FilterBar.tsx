import { closeIcon, searchIcon } from '@jupyterlab/ui-components';
import { IconButton } from './IconButton.tsx';

export interface FilterBarProps {
  filter: string;
  cachedOnly: boolean;
  onFilter: (filter: string) => void;
  onCachedOnly: (cachedOnly: boolean) => void;
}

export function FilterBar({ filter, cachedOnly, onFilter, onCachedOnly }: FilterBarProps) {
  return (
    <div className="fb-filter-bar">
      <div className="fb-filter">
        <input
          className="fb-filter-input"
          type="text"
          spellCheck={false}
          placeholder="Filter datasets"
          aria-label="Filter datasets by name or description"
          value={filter}
          onChange={(event) => onFilter(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onFilter('');
          }}
        />
        {filter === '' ? (
          <searchIcon.react tag="span" className="fb-icon fb-filter-icon" />
        ) : (
          <IconButton icon={closeIcon} label="Clear the filter" onClick={() => onFilter('')} />
        )}
      </div>
      <select
        className="fb-filter-select"
        aria-label="Which versions to show"
        value={cachedOnly ? 'cached' : 'all'}
        onChange={(event) => onCachedOnly(event.currentTarget.value === 'cached')}
      >
        <option value="all">All</option>
        <option value="cached">Cached</option>
      </select>
    </div>
  );
}
