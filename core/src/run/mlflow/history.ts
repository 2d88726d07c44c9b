import { invalid } from '../error.ts';
import { findSeries, readPoints } from '../metric/history.ts';
import type { Point } from '../metric/point.ts';
import { samplePoints } from '../metric/sample.ts';
import { readRun } from '../runs.ts';
import { checkLimit, cut, readOffset } from '../search/offset.ts';
import type { Fields } from './fields.ts';
import type { Tracking } from './handler.ts';
import { metricOf } from './shapes.ts';

const mostPoints = 25_000;
const mostRuns = 100;
const mostSampled = 2500;
/** Of one answer, however many a client asks for: 10 MB, where all of a long series would be more than can be held. */
const mostAtOnce = 100_000;

/** A series of a run, page by page: whoever asks for no pages and has more than fits into one is told where to go on. */
export async function history({ db }: Tracking, fields: Fields): Promise<object> {
  const runId = fields.optionalString('run_id') || fields.string('run_uuid');
  const key = fields.string('metric_key');
  await readRun(db, runId);
  const series = await findSeries(db, runId, key);
  if (!series) return { metrics: [] };
  const limit = Math.min(fields.optionalInteger('max_results') ?? mostAtOnce, mostAtOnce);
  checkLimit(limit, mostAtOnce);
  const from = readOffset(fields.optionalString('page_token'));
  const points = await readPoints(db, series.id, { from, count: limit + 1 });
  const { items, next } = cut(points, from, limit);
  return { metrics: items.map((point) => metricOf(key, point)), next_page_token: next };
}

/** The points of one name in several runs, each with its run: run by run in the order of their ids, the earliest first. */
export async function historyBulk({ db }: Tracking, fields: Fields): Promise<object> {
  const runIds = fields.strings('run_id');
  if (runIds.length === 0) throw invalid('GetMetricHistoryBulk request must specify at least one run_id.');
  checkRuns(runIds, 'GetMetricHistoryBulk request cannot specify more than');
  const key = fields.optionalString('metric_key');
  if (key === undefined) throw invalid('GetMetricHistoryBulk request must specify a metric_key.');
  const limit = Math.min(fields.optionalInteger('max_results') ?? mostPoints, mostPoints);
  checkLimit(limit, mostPoints);
  const metrics: object[] = [];
  for (const runId of runIds.toSorted()) {
    const series = await findSeries(db, runId, key);
    const left = limit - metrics.length;
    if (!series || left === 0) continue;
    const points = await readPoints(db, series.id, { count: left });
    const ordered = points.sort((a, b) => a.time - b.time || a.step - b.step || compare(a, b));
    metrics.push(...ordered.map((point) => ({ ...metricOf(key, point), run_id: runId })));
  }
  return { metrics };
}

/** Points of one name in several runs, at most so many of each, evenly spread over the steps that were asked for. */
export async function historyInterval({ db }: Tracking, fields: Fields): Promise<object> {
  const runIds = fields.someStrings('run_ids');
  checkRuns(runIds, 'GetMetricHistoryBulkInterval request must specify at most');
  const key = fields.string('metric_key');
  const limit = fields.optionalInteger('max_results') ?? mostSampled;
  if (limit < 1 || limit > mostSampled) throw invalid(`max_results must be between 1 and ${mostSampled}.`);
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
    const points = await samplePoints(db, series, { from: from ?? -Infinity, to: to ?? Infinity }, limit);
    const ordered = points.sort((a, b) => a.step - b.step || a.time - b.time || compare(a, b));
    metrics.push(...ordered.map((point) => ({ ...metricOf(key, point), run_id: runId })));
  }
  return { metrics };
}

/** NaN comes first, as null does in SQL. */
function compare(a: Point, b: Point): number {
  if (Number.isNaN(a.value) || Number.isNaN(b.value)) {
    return Number(Number.isNaN(b.value)) - Number(Number.isNaN(a.value));
  }
  return a.value === b.value ? 0 : a.value < b.value ? -1 : 1;
}

function checkRuns(runIds: string[], sentence: string): void {
  if (runIds.length <= mostRuns) return;
  throw invalid(`${sentence} ${mostRuns} run_ids. Received ${runIds.length} run_ids.`);
}
