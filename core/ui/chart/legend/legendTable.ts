import type { Source } from '../series.ts';

/** More columns than this don't fit below a chart. */
const mostRuns = 4;

/** The lines of some runs as a table, a row a series and a column a run; null where a list says it as well. */
export function legendTable(
  sources: readonly Source[],
): { keys: string[]; runs: Pick<Source, 'runId' | 'runName'>[] } | null {
  const keys = [...new Set(sources.map(({ key }) => key))];
  const runs = [...new Map(sources.map((source) => [source.runId, source])).values()];
  return keys.length > 1 && runs.length > 1 && runs.length <= mostRuns ? { keys, runs } : null;
}
