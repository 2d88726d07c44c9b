import type { Run, RunChange } from '../../src/api/schemas.ts';
import { formatValue } from '../chart/axis.ts';
import { isResource } from '../chart/charts.ts';
import { Pairs } from '../parts/Pairs.tsx';
import { NoteEditor } from './NoteEditor.tsx';
import { Output } from './Output.tsx';
import { RunCharts } from './RunCharts.tsx';
import type { RunView } from './runView.ts';
import { TagsEditor } from './TagsEditor.tsx';

/** Charts on the left, what it printed and was told on the right. */
export function Overview({ run, view, dark, onView, onChange }: OverviewProps) {
  const metrics = Object.entries(run.metrics)
    .filter(([key]) => !isResource(key))
    .map(([key, { value, text }]) => [key, value === null ? text : formatValue(value)] as const);
  return (
    <div className="fb-split">
      <RunCharts run={run} view={view} dark={dark} onChange={(change) => onView({ ...view, ...change })} />
      <div className="fb-beside">
        <Output id={run.id} running={run.state === 'running'} />
        <Pairs title="Parameters" pairs={Object.entries(run.params)} empty="None were given." />
        <Pairs title="Metrics" pairs={metrics} empty="None were logged." />
        <NoteEditor run={run} onChange={onChange} />
        <TagsEditor run={run} onChange={onChange} />
      </div>
    </div>
  );
}

interface OverviewProps {
  run: Run;
  view: RunView;
  dark: boolean;
  onView: (view: RunView) => void;
  /** False where it could not be kept, which was said. */
  onChange: (change: RunChange) => Promise<boolean>;
}
