import { starTag } from '../../src/api/run/runTags.ts';
import type { Run } from '../../src/api/schemas.ts';
import { formatCount } from '../../src/api/text/units.ts';
import { MenuItem } from '../parts/MenuItem.tsx';
import { Popover } from '../parts/Popover.tsx';
import type { RunVerb } from './changeRuns.ts';
import type { Shown } from './runsView.ts';

/** What can be done with the runs that are ticked, or with all where none is. */
export function SelectionBar({ selected, count, total, complete, shown, on }: SelectionBarProps) {
  const any = selected.length > 0;
  const starred = any && selected.every(({ tags }) => tags[starTag] === 'true');
  const act = (verb: RunVerb, label: string) => (
    <button type="button" className="fb-button" onClick={() => on.act(verb)}>
      {label}
    </button>
  );
  return (
    <div className="fb-selection">
      <span className="fb-number" aria-live="polite">
        {any ? `${formatCount(selected.length, 'run')} selected` : counted(count, total, complete)}
      </span>
      {any && (
        <>
          <button
            type="button"
            className="fb-button fb-button-main"
            disabled={selected.length < 2}
            title={selected.length < 2 ? 'Select two runs or more' : undefined}
            onClick={on.compare}
          >
            Compare
          </button>
          {shown !== 'deleted' && act(starred ? 'unstar' : 'star', starred ? 'Take star away' : 'Star')}
          {shown === 'active' || shown === 'starred' ? act('archive', 'Archive') : null}
          {shown === 'archived' && act('unarchive', 'Take from archive')}
          {shown === 'deleted' ? act('restore', 'Restore') : act('delete', 'Delete')}
          <button type="button" className="fb-button" onClick={on.clear}>
            Clear selection
          </button>
        </>
      )}
      <span className="fb-push" />
      <Popover label="Export">
        {(close) => (
          <>
            {(['CSV', 'Parquet'] as const).map((kind) => (
              <MenuItem
                key={kind}
                label={`${any ? 'Selected runs' : 'These runs'} as ${kind}`}
                onClick={() => {
                  close();
                  on.exportAs(kind);
                }}
              />
            ))}
          </>
        )}
      </Popover>
      <button
        type="button"
        className="fb-button"
        onClick={on.link}
        title="An address that opens this table as it is"
      >
        Copy link
      </button>
    </div>
  );
}

function counted(count: number, total: number, complete: boolean): string {
  const all = formatCount(total, 'run');
  if (!complete) return `${all} so far`;
  return count === total ? all : `${count.toLocaleString('en-US')} of ${all}`;
}

interface SelectionBarProps {
  selected: readonly Run[];
  /** In the table. */
  count: number;
  total: number;
  complete: boolean;
  shown: Shown;
  on: {
    compare: () => void;
    act: (verb: RunVerb) => void;
    clear: () => void;
    exportAs: (kind: 'CSV' | 'Parquet') => void;
    link: () => void;
  };
}
