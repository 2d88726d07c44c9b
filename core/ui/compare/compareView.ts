import { type ChartView, chartChoices, chartMost, usualCharts } from '../chart/chartView.ts';
import type { PageKind } from '../pageKind.ts';

export interface CompareView extends ChartView {
  page: 'compare';
  ids: readonly string[];
  /** Columns of the scatter: `param:lr`, `metric:accuracy`; empty: the first that differ. */
  x: string;
  y: string;
}

export const compareView = (ids: readonly string[]): CompareView => ({
  page: 'compare',
  ids,
  x: '',
  y: '',
  ...usualCharts,
});

export const compareKind: PageKind<CompareView> = {
  usual: compareView([]),
  about: ['ids'],
  choices: chartChoices,
  lists: ['ids'],
  most: chartMost,
};
