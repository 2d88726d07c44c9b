import type { Run } from './schemas.ts';

/** `digits@v2`; the bare name of a dataset that Forebay doesn't keep. */
export const runDataName = ({ name, version }: Run['datasets'][number]): string =>
  version === null ? name : `${name}@v${version}`;

/** What a script logged itself, four digits each; what its machine measured (`system/...`) is left out. */
export function runMetricTexts({ metrics }: Run): [key: string, text: string][] {
  return Object.entries(metrics)
    .filter(([key]) => !key.startsWith('system/'))
    .map(([key, { value, text }]) => [key, value === null ? text : String(Number(value.toPrecision(4)))]);
}
