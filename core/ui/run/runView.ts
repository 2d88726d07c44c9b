import { type ChartView, chartChoices, chartMost, usualCharts } from '../chart/chartView.ts';
import type { PageKind } from '../pageKind.ts';

export type RunTab = 'overview' | 'artifacts' | 'code' | 'environment' | 'lineage';

export interface RunView extends ChartView {
  page: 'run';
  id: string;
  tab: RunTab;
}

export const runView = (id: string): RunView => ({ page: 'run', id, tab: 'overview', ...usualCharts });

export const runKind: PageKind<RunView> = {
  usual: runView(''),
  about: ['id'],
  choices: { tab: ['overview', 'artifacts', 'code', 'environment', 'lineage'], ...chartChoices },
  most: chartMost,
};
