import type { Run } from '../src/api/schemas.ts';

/** A run for tests of what pages decide. */
export function exampleRun(id: string, more: Partial<Run> = {}): Run {
  return {
    id,
    name: `run-${id}`,
    experiment: { id: '0', name: 'Default' },
    state: 'finished',
    user: 'ana',
    started: '2026-11-23T10:00:00.000Z',
    ended: '2026-11-23T10:02:00.000Z',
    command: ['python', 'train.py'],
    folder: '/home/ana/digits',
    host: 'gpu-1',
    exitCode: 0,
    params: {},
    metrics: {},
    tags: {},
    datasets: [],
    deleted: false,
    ...more,
  };
}

/** Metrics by their newest value. */
export const exampleMetrics = (values: Record<string, number>): Run['metrics'] =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      {
        value: Number.isFinite(value) ? value : null,
        text: String(value),
        step: 9,
        time: '2026-11-23T10:01:00.000Z',
      },
    ]),
  );
