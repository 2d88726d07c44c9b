import type { DiffSummary, Run } from '../../src/api/schemas.ts';
import { formatCount } from '../../src/api/text/units.ts';
import { diffKinds, diffView, signs } from '../diff/diffView.ts';
import { sizesOf } from '../diff/tree/ChangeLine.tsx';
import { useSummary } from '../diff/useSummary.ts';
import { useHost } from '../host.ts';
import { never, useLive } from '../live/useLive.ts';
import { FailureFace, Skeleton } from '../parts/Faces.tsx';
import { dataPairs } from './dataPairs.ts';

/** Changes that are listed here. */
const most = 100;

/** What differs between the versions that two runs read, dataset by dataset. */
export function DataDiff({ before, after }: { before: Run; after: Run }) {
  const pairs = dataPairs(before, after);
  if (pairs.length === 0) return <p className="fb-dim">Neither run says what it read.</p>;
  return (
    <>
      {pairs.map((pair) => (
        <div key={pair.key} className="fb-data-diff">
          {pair.kind === 'two' ? (
            <VersionDiff name={pair.name} from={pair.from} to={pair.to} />
          ) : (
            <p className={pair.kind === 'same' ? 'fb-dim' : undefined}>{pair.text}</p>
          )}
        </div>
      ))}
    </>
  );
}

/** How much differs, and the first of it; the page of the difference shows the rest. */
function VersionDiff({ name, from, to }: { name: string; from: number; to: number }) {
  const { open } = useHost();
  const { summary, failure, retry } = useSummary(name, from, to);
  return (
    <details open className="fb-patch">
      <summary>
        <span>
          {name} v{from} → v{to}
        </span>
        {summary?.ready && <span className="fb-dim fb-number">{countsText(summary)}</span>}
      </summary>
      {failure && <FailureFace failure={failure} onRetry={retry} known={summary !== undefined} />}
      {!summary?.ready && !failure && <Skeleton label="Comparing the versions" />}
      {summary?.ready && <FirstChanges name={name} from={from} to={to} />}
      <button type="button" className="fb-text-button" onClick={() => open(diffView(name, from, to))}>
        Compare files
      </button>
    </details>
  );
}

function FirstChanges({ name, from, to }: { name: string; from: number; to: number }) {
  const { open } = useHost();
  const { value, failure, reload } = useLive(
    ({ versions }, signal) =>
      versions.diffEntries({ dataset: name, from: `v${from}`, to: `v${to}`, limit: most }, signal),
    never,
    [name, from, to],
  );
  if (failure) return <FailureFace failure={failure} onRetry={reload} known={false} />;
  return (
    <ul className="fb-changes">
      {value?.items.map(
        (entry) =>
          entry.kind === 'change' && (
            <li key={entry.path}>
              <span className={`fb-${entry.is}`}>{entry.is}</span>
              <button
                type="button"
                className="fb-plain fb-cell-text"
                title={entry.path}
                onClick={() => open(diffView(name, from, to, { path: entry.path }))}
              >
                {entry.path}
              </button>
              <span className="fb-dim fb-number">{sizesOf(entry)}</span>
            </li>
          ),
      )}
      {value && value.total > value.items.length && (
        <li className="fb-dim">{formatCount(value.total - value.items.length, 'more path')}</li>
      )}
    </ul>
  );
}

function countsText({ counts }: DiffSummary): string {
  const all = diffKinds.reduce((sum, kind) => sum + counts[kind], 0);
  const some = diffKinds.filter((kind) => counts[kind] > 0);
  return `${formatCount(all, 'path')}: ${some.map((kind) => `${signs[kind]}${counts[kind].toLocaleString('en-US')} ${kind}`).join(', ')}`;
}
