import type { Run } from '../schemas.ts';
import { tellingMetrics } from './metricOrder.ts';
import { blockTag } from './runTags.ts';

/** Whether it is a part of a program, as a cell is, and no command that could be run again. */
export const isBlock = ({ tags }: Run): boolean => tags[blockTag] === 'true';

/** `digits@v2`; the bare name of a dataset that Forebay doesn't keep. */
export const runDataName = ({ name, version }: Run['datasets'][number]): string =>
  version === null ? name : `${name}@v${version}`;

/** What a script logged itself, four digits each, what says most first. */
export function runMetricTexts({ metrics }: Run): [key: string, text: string][] {
  return tellingMetrics(Object.keys(metrics)).flatMap((key) => {
    const metric = metrics[key];
    if (!metric) return [];
    const { value, text } = metric;
    return [[key, value === null ? text : String(Number(value.toPrecision(4)))]];
  });
}
