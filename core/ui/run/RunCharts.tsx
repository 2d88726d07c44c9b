import { useMemo } from 'react';
import { isValidation } from '../../src/api/run/metricOrder.ts';
import type { Run } from '../../src/api/schemas.ts';
import { Chart } from '../chart/Chart.tsx';
import { ChartBar } from '../chart/ChartBar.tsx';
import { type ChartPlan, isResource, planCharts, planResources } from '../chart/charts.ts';
import type { ChartView } from '../chart/chartView.ts';
import { seriesColour } from '../chart/colours.ts';
import type { Source } from '../chart/series.ts';

/** What the run measured, and below it, on the same axis, what its machine did. */
export function RunCharts({ run, view, dark, onChange }: RunChartsProps) {
  const keys = Object.keys(run.metrics);
  const known = keys.sort().join('\n');
  const { metrics, resources } = useMemo(() => {
    const all = known.split('\n').filter(Boolean);
    return {
      metrics: planCharts(all.filter((key) => !isResource(key) && key !== 'epoch')),
      resources: planResources(all),
    };
  }, [known]);
  // Only those with one axis can point at one moment together.
  const charts = (plans: readonly ChartPlan[], chartView: ChartView, fromZero = false) =>
    plans.map(({ title, keys }) => (
      <Chart
        key={title}
        title={title}
        sources={sourcesOf(run, keys, dark)}
        view={chartView}
        sync={`${run.id} ${chartView.axis}`}
        fromZero={fromZero}
      />
    ));
  return (
    <section aria-label="Charts">
      <ChartBar view={view} onChange={onChange} epochs={keys.includes('epoch')} />
      {metrics.length === 0 && (
        <p className="fb-dim fb-hint">
          No metrics. What a script logs with MLflow's API while it runs here stands here.
        </p>
      )}
      <div className="fb-charts">{charts(metrics, view)}</div>
      {resources.length > 0 && (
        <>
          <h3>Resources</h3>
          {/* Their steps are those of the clock: only time is common to both. */}
          <div className="fb-charts">{charts(resources, { axis: 'time', smooth: 0, log: false }, true)}</div>
        </>
      )}
    </section>
  );
}

function sourcesOf(run: Run, keys: readonly string[], dark: boolean): Source[] {
  return keys.map((key, at) => ({
    ...{ key, runId: run.id, name: key, runName: run.name, start: Date.parse(run.started) },
    // Training and validation of one thing have one colour: solid and dashed.
    colour: seriesColour(keys.length === 2 && isValidation(key) ? 0 : at, dark),
    dashed: isValidation(key),
  }));
}

interface RunChartsProps {
  run: Run;
  view: ChartView;
  dark: boolean;
  onChange: (change: Partial<ChartView>) => void;
}
