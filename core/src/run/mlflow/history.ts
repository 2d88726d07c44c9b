import { invalid } from '../error.ts';
import { findSeries, readPoints } from '../metric/history.ts';
import { readRun } from '../runs.ts';
import { checkLimit, cut, readOffset } from '../search/offset.ts';
import type { Fields } from './fields.ts';
import type { Tracking } from './handler.ts';
import { metricOf } from './shapes.ts';

const mostPoints = 25_000;
const mostRuns = 100;
const mostSampled = 2500;

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

/** Points of one name in several runs, at most so many of each, evenly spread over the steps that were asked for. */
export async function historyInterval({ db }: Tracking, fields: Fields): Promise<object> {
  const runIds = fields.strings('run_ids').slice(0, mostRuns);
  const key = fields.string('metric_key');
  const limit = fields.optionalInteger('max_results') ?? mostSampled;
  checkLimit(limit, mostSampled);
  const [from, to] = [fields.optionalInteger('start_step'), fields.optionalInteger('end_step')];
  if ((from === undefined) !== (to === undefined)) {
    throw invalid('If either start step or end step are specified, both must be specified.');
  }
  if (from !== undefined && to !== undefined && from > to) {
    throw invalid(`end_step must be greater than start_step. Found start_step=${from} and end_step=${to}.`);
  }
  const metrics: object[] = [];
  for (const runId of runIds) {
    const series = await findSeries(db, runId, key);
    if (!series) continue;
    const all = await readPoints(db, series.id);
    const wanted = all.filter(({ step }) => step >= (from ?? -Infinity) && step <= (to ?? Infinity));
    metrics.push(...spread(wanted, limit).map((point) => ({ ...metricOf(key, point), run_id: runId })));
  }
  return { metrics };
}

/** At most `most` of them in their order, the first and the last among them. */
function spread<T>(all: readonly T[], most: number): T[] {
  if (all.length <= most) return [...all];
  if (most === 1) return all.slice(-1);
  return Array.from({ length: most }, (_, nth) => {
    return all[Math.round((nth * (all.length - 1)) / (most - 1))] as T;
  });
}
