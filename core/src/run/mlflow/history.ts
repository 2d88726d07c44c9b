import { findSeries, readPoints } from '../metric/history.ts';
import { readRun } from '../runs.ts';
import { checkLimit, cut, readOffset } from '../search/offset.ts';
import type { Fields } from './fields.ts';
import type { Tracking } from './handler.ts';
import { metricOf } from './shapes.ts';

const mostPoints = 25_000;
const mostRuns = 100;

/** All points of one series of a run, or a page of them where a client asks for pages. */
export async function history({ db }: Tracking, fields: Fields): Promise<object> {
  const runId = fields.optionalString('run_id') || fields.string('run_uuid');
  const key = fields.string('metric_key');
  await readRun(db, runId);
  const series = await findSeries(db, runId, key);
  if (!series) return { metrics: [] };
  const limit = fields.optionalInteger('max_results');
  const from = readOffset(fields.optionalString('page_token'));
  const count = limit === undefined ? {} : { count: limit + 1 };
  const points = await readPoints(db, series.id, { from, ...count });
  const { items, next } = cut(points, from, limit ?? points.length);
  return { metrics: items.map((point) => metricOf(key, point)), next_page_token: next };
}

/** The points of one name in several runs, each with its run. */
export async function historyBulk({ db }: Tracking, fields: Fields): Promise<object> {
  const runIds = fields.strings('run_id').slice(0, mostRuns);
  const key = fields.string('metric_key');
  const limit = Math.min(fields.optionalInteger('max_results') ?? mostPoints, mostPoints);
  checkLimit(limit, mostPoints);
  const metrics: object[] = [];
  for (const runId of runIds) {
    const series = await findSeries(db, runId, key);
    const left = limit - metrics.length;
    if (!series || left === 0) continue;
    const points = await readPoints(db, series.id, { count: left });
    metrics.push(...points.map((point) => ({ ...metricOf(key, point), run_id: runId })));
  }
  return { metrics };
}
