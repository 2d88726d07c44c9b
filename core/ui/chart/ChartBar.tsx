import type { Axis, ChartView } from './chartView.ts';

/** How all charts of a page are drawn. */
export function ChartBar({ view, onChange, epochs }: ChartBarProps) {
  return (
    <div className="fb-toolbar fb-chart-bar">
      <label>
        <span className="fb-dim">Across</span>
        <select
          className="fb-select"
          value={view.axis}
          onChange={({ target }) => onChange({ axis: target.value as Axis })}
        >
          <option value="step">Step</option>
          <option value="time">Time since the start</option>
          {(epochs || view.axis === 'epoch') && <option value="epoch">Epoch</option>}
        </select>
      </label>
      <label>
        <span className="fb-dim">Smoothing</span>
        <input
          type="range"
          min={0}
          max={0.99}
          step={0.01}
          value={view.smooth}
          onChange={({ target }) => onChange({ smooth: Number(target.value) })}
        />
        <output className="fb-number">{view.smooth.toFixed(2)}</output>
      </label>
      <label>
        <input
          type="checkbox"
          checked={view.log}
          onChange={({ target }) => onChange({ log: target.checked })}
        />
        <span>Log scale</span>
      </label>
    </div>
  );
}

interface ChartBarProps {
  view: ChartView;
  onChange: (change: Partial<ChartView>) => void;
  /** Whether a run says its epochs. */
  epochs: boolean;
}
