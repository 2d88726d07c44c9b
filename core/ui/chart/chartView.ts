export type Axis = 'step' | 'time' | 'epoch';

/** How charts are drawn. */
export interface ChartView {
  axis: Axis;
  /** 0: as it is, to 0.99: the weight of what came before. */
  smooth: number;
  log: boolean;
}

export const usualCharts: ChartView = { axis: 'step', smooth: 0, log: false };

export const chartChoices = { axis: ['step', 'time', 'epoch'] };
export const chartMost = { smooth: 0.99 };
