import { useEffect } from 'react';
import type { DiffChange, DiffKind, DiffSummary } from '../../src/api/schemas.ts';
import { formatCount } from '../../src/api/text/units.ts';
import { useHost } from '../host.ts';
import { useSettled } from '../live/useSettled.ts';
import { EmptyFace, FailureFace, Skeleton } from '../parts/Faces.tsx';
import { SearchBox } from '../parts/SearchBox.tsx';
import { DiffHeader } from './DiffHeader.tsx';
import type { DiffView } from './diffView.ts';
import { FileDiff } from './file/FileDiff.tsx';
import { Overview } from './overview/Overview.tsx';
import { ChangeTree } from './tree/ChangeTree.tsx';
import { useChanges } from './tree/useChanges.ts';
import { useSummary } from './useSummary.ts';

/** What changed between two versions and how much; beside it the file that is looked at, before and after. */
export function DiffPage({ view, onChange }: { view: DiffView; onChange: (view: DiffView) => void }) {
  const { title } = useHost();
  const { dataset, from, to, filter, layout } = view;
  const { summary, failure, retry } = useSummary(dataset, from, to);
  const search = useSettled(filter, 150);
  const kinds = (view.kinds ?? []) as DiffKind[];
  const pair = { dataset, from: `v${from}`, to: `v${to}` };
  const changes = useChanges({ ...pair, search, kinds, layout }, countOf(summary));
  useEffect(() => title(`${dataset} v${from} → v${to}`), [title, dataset, from, to]);
  const change = (some: Partial<DiffView>) => onChange({ ...view, ...some });
  const choose = ({ path }: DiffChange) => change({ path });
  const problem = failure ?? changes.failure;
  const nothing = changes.root.total === 0;
  return (
    <div className="fb-page fb-diff-page">
      <DiffHeader view={view} summary={summary} onChange={change} />
      {problem && (
        <FailureFace
          failure={problem}
          known={summary !== undefined}
          onRetry={() => {
            retry();
            changes.reload();
          }}
        />
      )}
      {!summary && !problem && <Skeleton label="Comparing the versions" />}
      {summary && !summary.ready && <Comparing {...summary.pages} />}
      {summary?.ready && countOf(summary) === 0 && (
        <EmptyFace title={`v${from} and v${to} hold the same`}>
          <p className="fb-dim">Same paths, same contents. Choose other versions above.</p>
        </EmptyFace>
      )}
      {summary?.ready && countOf(summary) > 0 && (
        <div className="fb-diff-split">
          <section className="fb-diff-list" aria-label="Changes">
            <div className="fb-toolbar">
              <SearchBox value={filter} onChange={(text) => change({ filter: text })} label="Filter paths" />
              <fieldset className="fb-switch" aria-label="Layout">
                {(['tree', 'list'] as const).map((each) => (
                  <button
                    key={each}
                    type="button"
                    aria-pressed={layout === each}
                    onClick={() => change({ layout: each })}
                  >
                    {each === 'tree' ? 'Tree' : 'List'}
                  </button>
                ))}
              </fieldset>
            </div>
            {nothing ? (
              <p className="fb-dim fb-hint">
                No path that changed matches.{' '}
                <button
                  type="button"
                  className="fb-text-button"
                  onClick={() => change({ filter: '', kinds: null })}
                >
                  Show all
                </button>
              </p>
            ) : (
              <ChangeTree
                changes={changes}
                chosen={view.path}
                onChoose={choose}
                label={`What changed from v${from} to v${to}`}
              />
            )}
            {summary.beyond > 0 && (
              <p className="fb-dim fb-hint">
                {formatCount(summary.beyond, 'more path')} changed, too many to be listed.
              </p>
            )}
          </section>
          <section className="fb-diff-side" aria-label={view.path === '' ? 'Overview' : 'File'}>
            {view.path === '' ? (
              <Overview view={view} summary={summary} onFolder={(folder) => change({ folder })} />
            ) : (
              <FileDiff key={view.path} view={view} onClose={() => change({ path: '' })} />
            )}
          </section>
        </div>
      )}
    </div>
  );
}

function countOf(summary: DiffSummary): number;
function countOf(summary: DiffSummary | undefined): number | undefined;
function countOf(summary: DiffSummary | undefined): number | undefined {
  if (!summary?.ready) return undefined;
  const { added, changed, removed, moved } = summary.counts;
  return added + changed + removed + moved;
}

/** Large versions that have little in common take a while. */
function Comparing({ read, all }: { read: number; all: number }) {
  const share = all === 0 ? 0 : read / all;
  return (
    <div className="fb-comparing">
      <p role="status">
        Comparing the versions
        {all === 0 ? '' : `: ${Math.floor(share * 10) * 10}% of ${formatCount(all, 'page')} read`}
      </p>
      <progress value={share} max={1} aria-label="Compared" />
    </div>
  );
}
