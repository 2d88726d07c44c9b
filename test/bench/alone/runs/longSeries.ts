import type { Agent } from 'node:http';
import { post, type Server } from './mlflowCalls.ts';

/** As many as MLflow lets through at once. */
export const batchSize = 1000;

export interface Logged {
  min: number;
  max: number;
  last: number;
}

/** Logs a series of so many points, batch by batch; what a chart of it must show. */
export async function logLongSeries(
  server: Server,
  agent: Agent,
  run_id: string,
  { key, count }: { key: string; count: number },
): Promise<Logged> {
  const logged: Logged = { min: Infinity, max: -Infinity, last: Number.NaN };
  for (let at = 0; at < count; at += batchSize) {
    const size = Math.min(batchSize, count - at);
    const values = Array.from({ length: size }, (_, nth) => valueAt(at + nth, count));
    const metrics = values.map((value, nth) => ({
      ...{ key, value, timestamp: 1_700_000_000_000 + at + nth, step: at + nth },
    }));
    await post(server, agent, 'runs/log-batch', { run_id, metrics });
    logged.min = Math.min(logged.min, ...values);
    logged.max = Math.max(logged.max, ...values);
    logged.last = values.at(-1) ?? Number.NaN;
  }
  return logged;
}

/** A loss that falls in waves, with one point far below and one far above all others. */
function valueAt(at: number, count: number): number {
  if (at === Math.floor(count / 3)) return -7.25;
  if (at === Math.floor((count * 2) / 3)) return 9.5;
  return Math.exp(-at / 2e5) + Math.sin(at / 50) / 20;
}
