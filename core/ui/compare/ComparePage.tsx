import { useEffect, useMemo, useRef } from 'react';
import { isForebayError } from '../../src/api/errors.ts';
import { isValidation } from '../../src/api/run/metricOrder.ts';
import type { Run } from '../../src/api/schemas.ts';
import { formatCount } from '../../src/api/text/units.ts';
import type { Client } from '../../src/client/client.ts';
import { Chart } from '../chart/Chart.tsx';
import { ChartBar } from '../chart/ChartBar.tsx';
import { isResource, planCharts } from '../chart/charts.ts';
import { type Slots, seriesColour, slotsOf } from '../chart/colours.ts';
import type { Source } from '../chart/series.ts';
import { useTheme } from '../chart/useTheme.ts';
import { useHost } from '../host.ts';
import { useLive } from '../live/useLive.ts';
import { EmptyFace, FailureFace, Skeleton } from '../parts/Faces.tsx';
import { GlyphButton } from '../parts/GlyphButton.tsx';
import { StateIcon } from '../parts/StateIcon.tsx';
import { runView } from '../run/runView.ts';
import type { CompareView } from './compareView.ts';
import { Differences } from './Differences.tsx';
import { dimensionsOf } from './dimensions.ts';
import { PairDiff } from './PairDiff.tsx';
import { ParallelCoordinates } from './ParallelCoordinates.tsx';
import { Scatter } from './Scatter.tsx';

/** Lines of more runs than this can't be told apart. */
const mostLines = 24;

/** Those that are there; a run that is gone doesn't take the others with it. */
async function readAll({ runs }: Client, ids: readonly string[]): Promise<Run[]> {
  const read = await Promise.allSettled(ids.map((id) => runs.get(id)));
  const lost = read.find((each) => each.status === 'rejected' && !isForebayError(each.reason, 'run-unknown'));
  if (lost?.status === 'rejected') throw lost.reason;
  return read.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
}

/** Runs beside each other: what differs, how each went, and what code and data make of it. */
export function ComparePage({
  view,
  onChange,
}: {
  view: CompareView;
  onChange: (view: CompareView) => void;
}) {
  const host = useHost();
  const { ids } = view;
  const page = useRef<HTMLDivElement>(null);
  const dark = useTheme(page)?.dark ?? false;
  const wanted = ids.join(' ');
  useEffect(() => host.title(`Compare ${ids.length} runs`), [host, ids.length]);
  const {
    value: runs,
    failure,
    reload,
  } = useLive(
    (client) => readAll(client, ids),
    ({ kind, subject }) => kind === 'run' && ids.includes(subject),
    [wanted],
  );
  const dimensions = useMemo(() => dimensionsOf(runs ?? []), [runs]);
  const slots = useRef<Slots>(new Map());
  const colours = useMemo(() => {
    slots.current = slotsOf(ids, slots.current);
    return (runs ?? []).map(({ id }) => seriesColour(slots.current.get(id) ?? 0, dark));
  }, [ids, runs, dark]);
  const change = (some: Partial<CompareView>) => onChange({ ...view, ...some });
  const metrics = [...new Set((runs ?? []).flatMap((run) => Object.keys(run.metrics)))];
  const charts = planCharts(metrics.filter((key) => !isResource(key) && key !== 'epoch'));
  const sources = (keys: readonly string[]): Source[] =>
    (runs ?? []).slice(0, mostLines).flatMap((run, at) =>
      keys
        .filter((key) => Object.hasOwn(run.metrics, key))
        .map((key) => ({
          ...{ key, runId: run.id, runName: run.name, start: Date.parse(run.started) },
          dashed: isValidation(key),
          name: keys.length > 1 ? `${run.name} ${key}` : run.name,
          colour: colours[at] ?? '#888888',
        })),
    );
  return (
    <div className={`fb-page fb-compare-page${failure && runs ? ' fb-stale' : ''}`} ref={page}>
      {failure && <FailureFace failure={failure} onRetry={reload} known={runs !== undefined} />}
      {!runs && !failure && <Skeleton label="Reading the runs" />}
      {runs?.length === 0 && <EmptyFace title="No runs to compare" />}
      {runs && runs.length > 0 && (
        <>
          <div className="fb-compare-header">
            <h2>Compare {runs.length} runs</h2>
            <ul className="fb-chips">
              {runs.map((run, at) => (
                <li key={run.id}>
                  <i className="fb-chip" style={{ borderColor: colours[at] }} />
                  <StateIcon state={run.state} />
                  <button
                    type="button"
                    className="fb-text-button fb-cell-text"
                    title={run.name}
                    onClick={() => host.open(runView(run.id))}
                  >
                    {run.name}
                  </button>
                  <GlyphButton
                    icon="close"
                    label={`Leave ${run.name} out`}
                    onClick={() => change({ ids: ids.filter((id) => id !== run.id) })}
                  />
                </li>
              ))}
            </ul>
            <button type="button" className="fb-button" onClick={() => void host.link(view).then(host.copy)}>
              Copy link
            </button>
          </div>
          {runs.length < ids.length && (
            <p className="fb-problem">
              {formatCount(ids.length - runs.length, 'run')} of these can't be found.
            </p>
          )}
          <Differences runs={runs} />
          {charts.length > 0 && (
            <section aria-label="Charts">
              <ChartBar view={view} onChange={change} epochs={metrics.includes('epoch')} />
              {runs.length > mostLines && <p className="fb-dim">Lines of the first {mostLines} runs.</p>}
              <div className="fb-charts">
                {charts.map(({ title, keys }) => (
                  <Chart key={title} title={title} sources={sources(keys)} view={view} sync="compare" />
                ))}
              </div>
            </section>
          )}
          {dimensions.length > 1 && runs.length > 1 && (
            <div className="fb-plots">
              <ParallelCoordinates {...{ runs, dimensions, colours }} />
              <Scatter {...{ runs, dimensions, colours, view }} onChange={change} />
            </div>
          )}
          {runs.length > 1 && <PairDiff runs={runs} />}
        </>
      )}
    </div>
  );
}
