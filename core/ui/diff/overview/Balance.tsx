import { useState } from 'react';
import { formatCount } from '../../../src/api/text/units.ts';
import { never, useLive } from '../../live/useLive.ts';
import { FailureFace, Skeleton } from '../../parts/Faces.tsx';
import { Icon } from '../../parts/Icon.tsx';
import { MiddleName } from '../../parts/MiddleName.tsx';
import type { DiffView } from '../diffView.ts';
import { balanceOf, percent, signedCount } from './balance.ts';

/** Bars that are shown until a person asks for all. */
const few = 24;

/** Files in each sub-folder before and after: what a classifier will see of each class. */
export function Balance({ view, onFolder }: { view: DiffView; onFolder: (folder: string) => void }) {
  const { dataset, from, to, folder } = view;
  const [all, setAll] = useState(false);
  const { value, failure, reload } = useLive(
    ({ versions }, signal) =>
      versions.diffFolders({ dataset, from: `v${from}`, to: `v${to}`, folder, limit: 1000 }, signal),
    never,
    [dataset, from, to, folder],
  );
  if (failure && !value) return <FailureFace failure={failure} onRetry={reload} known={false} />;
  if (!value) return <Skeleton label="Counting files by folder" />;
  const bars = balanceOf(value.items);
  const up = value.folder.slice(0, Math.max(0, value.folder.lastIndexOf('/'))) || '/';
  const shown = all ? bars : mostChanged(bars, few);
  return (
    <section aria-labelledby="fb-balance">
      <div className="fb-balance-head">
        <h3 id="fb-balance">Files by folder</h3>
        {value.folder !== '' && <span className="fb-dim fb-cell-text">in {value.folder}</span>}
        <span className="fb-push" />
        {value.folder !== '' && (
          <button type="button" className="fb-text-button" onClick={() => onFolder(up)}>
            Up
          </button>
        )}
      </div>
      {bars.length === 0 && <p className="fb-dim">There are no sub-folders here.</p>}
      {bars.length > 0 && (
        <table className="fb-balance">
          <thead>
            <tr>
              <th scope="col">Folder</th>
              <th scope="col">
                <span className="fb-key fb-key-before" /> v{from} <span className="fb-key fb-key-after" /> v
                {to}
              </th>
              <th scope="col" className="fb-cell-number">
                Files
              </th>
              <th scope="col" className="fb-cell-number">
                Change
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.map((bar) => (
              <tr key={bar.path} className={bar.more === 0 ? 'fb-balance-same' : undefined}>
                <th scope="row">
                  <button
                    type="button"
                    className="fb-plain"
                    title={bar.path}
                    onClick={() => onFolder(bar.path)}
                  >
                    <Icon name="folder" />
                    <MiddleName name={bar.name} />
                  </button>
                </th>
                <td
                  title={`${percent(bar.shares.before)} of the files before, ${percent(bar.shares.after)} after`}
                >
                  <span className="fb-balance-bars" aria-hidden="true">
                    <span className="fb-bar-before" style={{ width: `${bar.widths.before * 100}%` }} />
                    <span className="fb-bar-after" style={{ width: `${bar.widths.after * 100}%` }} />
                  </span>
                </td>
                <td className="fb-cell-number">{bar.after.toLocaleString('en-US')}</td>
                <td className={`fb-cell-number ${bar.more > 0 ? 'fb-added' : 'fb-removed'}`}>
                  {signedCount(bar.more)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown.length < bars.length && (
        <button type="button" className="fb-text-button" onClick={() => setAll(true)}>
          Show all {formatCount(bars.length, 'folder')}
        </button>
      )}
      {value.total > bars.length && (
        <p className="fb-dim">
          {formatCount(value.total - bars.length, 'other folder')} that changed less are not shown.
        </p>
      )}
    </section>
  );
}

/** Those that changed most, in their usual order. */
function mostChanged<T extends { more: number }>(bars: readonly T[], most: number): readonly T[] {
  if (bars.length <= most) return bars;
  const chosen = new Set(bars.toSorted((a, b) => Math.abs(b.more) - Math.abs(a.more)).slice(0, most));
  return bars.filter((bar) => chosen.has(bar));
}
