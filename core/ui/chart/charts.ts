import { own } from '../../src/api/own.ts';
import { isValidation } from '../../src/api/run/metricOrder.ts';

/** One chart: its title and the series it holds, training before validation. */
export interface ChartPlan {
  title: string;
  keys: string[];
}

const part =
  /^(?:train|training|val|valid|validation|eval|test)[_/.]|[_/.](?:train|training|val|valid|validation|eval|test)$/i;

/** `train_loss`, `val_loss` and `loss` share a chart; every other series has its own. By title. */
export function planCharts(keys: Iterable<string>): ChartPlan[] {
  const charts = new Map<string, string[]>();
  for (const key of [...keys].sort()) {
    const title = key.replace(part, '') || key;
    charts.set(title, [...(charts.get(title) ?? []), key]);
  }
  return [...charts]
    .map(([title, all]) => ({
      title,
      keys: all.sort((a, b) => Number(isValidation(a)) - Number(isValidation(b))),
    }))
    .sort((a, b) => (a.title < b.title ? -1 : 1));
}

const resource = 'system/';

export const isResource = (key: string) => key.startsWith(resource);

const units: Record<string, string> = { percentage: '%', megabytes: 'MB', watts: 'W' };

/** `system/gpu_0_power_usage_watts` as 'GPU power usage, W'. */
function resourceTitle(key: string): string {
  const words = key
    .slice(resource.length)
    .replace(/^gpu_\d+_/, 'gpu_')
    .split('_')
    .map((word) => (word === 'cpu' || word === 'gpu' ? word.toUpperCase() : word));
  const unit = own(units, words.at(-1) ?? '');
  const text = (unit ? words.slice(0, -1) : words).join(' ');
  const title = text.charAt(0).toUpperCase() + text.slice(1);
  return unit ? `${title}, ${unit}` : title;
}

/** What machines measured of themselves, by what it is about: `system/gpu_0_utilization_percentage` beside GPU 1's. */
export function planResources(keys: Iterable<string>): ChartPlan[] {
  const charts = new Map<string, string[]>();
  for (const key of [...keys].filter(isResource).sort()) {
    const title = resourceTitle(key);
    charts.set(title, [...(charts.get(title) ?? []), key]);
  }
  const plans = [...charts].map(([title, all]) => ({ title, keys: all }));
  return plans.sort((a, b) => rankOf(a.title) - rankOf(b.title));
}

/** What holds a training up most often comes first. */
const ranks = [/\bCPU\b/, /\bGPU\b/, /\bmemory\b/i, /\bdisk\b/i, /\bnetwork\b/i];

function rankOf(title: string): number {
  const rank = ranks.findIndex((each) => each.test(title));
  return rank < 0 ? ranks.length : rank;
}
