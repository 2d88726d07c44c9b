import type { Client } from '../../src/client/client.ts';
import { type Failure, useLive } from '../live/useLive.ts';
import type { ChartView } from './chartView.ts';
import type { Loaded, Source } from './series.ts';

/** Buckets of a chart; as many as it has columns of pixels on a usual screen. */
const most = 800;

/** The points of series, kept true; undefined until they are read first. */
export function useSeries(
  sources: readonly Source[],
  axis: ChartView['axis'],
  steps: { from: number; to: number } | null,
): { loaded: Loaded[] | undefined; failure: Failure | null; reload: () => void } {
  const ids = new Set(sources.map(({ runId }) => runId));
  const what = sources.map(({ runId, key }) => `${runId} ${key}`).join('\n');
  const { value, failure, reload } = useLive(
    async ({ runs }) => {
      const epochs = await epochsOf(runs, axis === 'epoch' ? [...ids] : []);
      const read = async ({ runId, key }: Source) => {
        const { buckets } = await runs.chart(runId, { key, most, ...steps });
        return [`${runId} ${key}`, { buckets, epochs: epochs.get(runId) ?? [] }] as const;
      };
      return new Map(await Promise.all(sources.map(read)));
    },
    ({ kind, subject }) => kind === 'run' && ids.has(subject),
    [what, axis, steps?.from, steps?.to],
  );
  if (!value) return { loaded: undefined, failure, reload };
  // Colours and names may have changed since it was read.
  const loaded = sources.flatMap((source) => {
    const known = value.get(`${source.runId} ${source.key}`);
    return known ? [{ source, ...known }] : [];
  });
  return { loaded, failure, reload };
}

async function epochsOf(runs: Client['runs'], ids: readonly string[]) {
  const read = async (id: string) => [id, (await runs.chart(id, { key: 'epoch', most })).buckets] as const;
  return new Map(await Promise.all(ids.map(read)));
}
