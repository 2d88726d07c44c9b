import { useState } from 'react';
import { Icon } from '../parts/Icon.tsx';
import { MenuItem } from '../parts/MenuItem.tsx';
import { Popover } from '../parts/Popover.tsx';
import { SearchBox } from '../parts/SearchBox.tsx';
import type { Column, ColumnGroup } from './columns.ts';

const groups: ColumnGroup[] = ['Run', 'Metrics', 'Parameters', 'Tags'];

/** Which columns a table has; what is ticked comes last. */
export function ColumnsMenu({ all, shown, onChange }: ColumnsMenuProps) {
  const [search, setSearch] = useState('');
  const found = all.filter(({ title }) => title.toLowerCase().includes(search.toLowerCase()));
  const toggle = (id: string) =>
    onChange(shown.includes(id) ? shown.filter((each) => each !== id) : [...shown, id]);
  const label = (
    <>
      <Icon name="columns" /> Columns
    </>
  );
  return (
    <Popover label={label} className="fb-columns">
      {() => (
        <>
          <SearchBox value={search} onChange={setSearch} label="Find a column" />
          <div className="fb-columns-list">
            {groups.map((group) => {
              const members = found.filter((column) => column.group === group);
              if (members.length === 0) return null;
              return (
                <fieldset key={group}>
                  <legend className="fb-dim">{group}</legend>
                  {members.map(({ id, title }) => (
                    <label key={id} title={title}>
                      <input type="checkbox" checked={shown.includes(id)} onChange={() => toggle(id)} />
                      <span className="fb-cell-text">{title}</span>
                    </label>
                  ))}
                </fieldset>
              );
            })}
          </div>
          <MenuItem label="As it was at first" onClick={() => onChange(null)} />
        </>
      )}
    </Popover>
  );
}

interface ColumnsMenuProps {
  all: readonly Column[];
  shown: readonly string[];
  /** null: those that say most. */
  onChange: (columns: string[] | null) => void;
}
