import { useState } from 'react';
import { type ComparedRow, compareRuns } from '../../src/api/run/compareRuns.ts';
import type { Run } from '../../src/api/schemas.ts';
import { formatCount } from '../../src/api/text/units.ts';
import { formatValue } from '../chart/axis.ts';
import { Icon } from '../parts/Icon.tsx';

/** Runs side by side: what differs first, what is equal folded. */
export function Differences({ runs }: { runs: readonly Run[] }) {
  const [all, setAll] = useState(false);
  const rows = compareRuns(runs);
  const differing = rows.filter(({ differs }) => differs);
  const equal = rows.filter(({ differs }) => !differs);
  return (
    <section aria-label="Differences">
      <h3>Differences</h3>
      {differing.length === 0 && <p className="fb-dim">Nothing that is recorded differs.</p>}
      <div className="fb-scroll">
        <table className="fb-table fb-compared">
          <thead>
            <tr>
              <td />
              {runs.map(({ id, name }) => (
                <th key={id} scope="col" title={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {differing.map((row) => (
              <ComparedLine key={row.what} row={row} runs={runs} />
            ))}
            {all && equal.map((row) => <ComparedLine key={row.what} row={row} runs={runs} />)}
          </tbody>
        </table>
      </div>
      {equal.length > 0 && (
        <button
          type="button"
          className="fb-text-button fb-fold"
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          <Icon name={all ? 'down' : 'right'} />
          {formatCount(equal.length, 'equal row')}
        </button>
      )}
    </section>
  );
}

function ComparedLine({ row: { what, values, differs }, runs }: { row: ComparedRow; runs: readonly Run[] }) {
  return (
    <tr className={differs ? undefined : 'fb-dim'}>
      <th scope="row">{what}</th>
      {values.map((value, at) => (
        <td key={runs[at]?.id} title={value ?? 'none'}>
          {value === null ? <span className="fb-dim">–</span> : shownValue(what, value)}
        </td>
      ))}
    </tr>
  );
}

/** Metrics with the digits that tell; the whole of it is said on hovering. */
function shownValue(what: string, value: string): string {
  // Where the program lies says little beside what it was told.
  if (what === 'command') return value.replace(/^\S*\//, '');
  const number = Number(value);
  return what.startsWith('metric ') && Number.isFinite(number) ? formatValue(number) : value;
}
