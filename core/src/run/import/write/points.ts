import { mostSeries } from '../../metric/append.ts';
import { appendSeries } from '../../metric/appendSeries.ts';
import type { Point } from '../../metric/point.ts';
import type { RunDatabase } from '../../store/open.ts';
import type { Problems } from '../problems.ts';
import type { SeriesBlock } from '../source.ts';
import { isRightKey } from './pairs.ts';

/** Points that are written at once: a tenth of a second, for which nobody else can write. */
const most = 50_000;

interface Writing {
  runId: string;
  dryRun: boolean;
  problems: Problems;
  pause: () => Promise<void> | undefined;
}

/**
 * Adds the points of a run that aren't here yet; how many. A store only ever adds to a series, so that as many of its first
 * points as are here were imported before.
 */
export async function addPoints(
  db: RunDatabase,
  blocks: Iterable<SeriesBlock>,
  { runId, dryRun, problems, pause }: Writing,
): Promise<number> {
  const known = await pointsHere(db, runId);
  const series = new Set(known.keys());
  const refused = new Set<string>();
  const waiting = new Map<string, Point[]>();
  let count = 0;
  let added = 0;
  let isFull = false;
  const flush = async () => {
    if (!dryRun) await write(db, runId, waiting);
    waiting.clear();
    count = 0;
  };
  for (const { key, points } of blocks) {
    await pause();
    const here = known.get(key) ?? 0;
    const fresh = here === 0 ? points : points.slice(here);
    known.set(key, here - (points.length - fresh.length));
    if (fresh.length === 0 || refused.has(key)) continue;
    if (!waiting.has(key) && !isRightKey('metric', key, `Run ${runId}`, problems)) {
      refused.add(key);
      continue;
    }
    if (!series.has(key) && series.size >= mostSeries) {
      if (!isFull) problems.add(`Run ${runId} has more than ${mostSeries} metrics: the others are left out.`);
      isFull = true;
      refused.add(key);
      continue;
    }
    series.add(key);
    waiting.set(key, [...(waiting.get(key) ?? []), ...fresh]);
    count += fresh.length;
    added += fresh.length;
    if (count >= most) await flush();
  }
  await flush();
  return added;
}

async function pointsHere(db: RunDatabase, runId: string): Promise<Map<string, number>> {
  const rows = await db.selectFrom('metric').select(['key', 'points']).where('run_id', '=', runId).execute();
  return new Map(rows.map(({ key, points }) => [key, points]));
}

async function write(db: RunDatabase, runId: string, series: ReadonlyMap<string, Point[]>): Promise<void> {
  if (series.size === 0) return;
  await db.transaction().execute(async (within) => {
    for (const [key, points] of series) await appendSeries(within, runId, key, points);
  });
}
