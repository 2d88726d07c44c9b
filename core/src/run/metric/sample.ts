import type { RunDatabase } from '../store/open.ts';
import { chunkSize } from './chunk.ts';
import { mostAtOnce, readPoints } from './history.ts';
import type { Point } from './point.ts';

export interface Steps {
  from: number;
  to: number;
}

/**
 * At most `most` points of a series within steps, evenly spread over them in the order in which they were logged, the
 * first and the last among them. Of more points than are read at once, only the chunks that hold what is shown are read.
 */
export async function samplePoints(
  db: RunDatabase,
  series: { id: number; points: number },
  { from, to }: Steps,
  most: number,
): Promise<Point[]> {
  const inside = ({ step }: Point) => step >= from && step <= to;
  const span = await spanOf(db, series, { from, to });
  if (span.count <= mostAtOnce) {
    const all = await readPoints(db, series.id, { from: span.first, count: span.count });
    const within = all.filter(inside);
    return places(within.length, most).map((place) => within[place] as Point);
  }
  const shown: Point[] = [];
  const wanted = places(span.count, most).map((place) => span.first + place);
  for (let at = 0; at < wanted.length; ) {
    const first = wanted[at] as number;
    const chunk = first - (first % chunkSize);
    const all = await readPoints(db, series.id, { from: chunk, count: chunkSize });
    for (; at < wanted.length && (wanted[at] as number) < chunk + chunkSize; at++) {
      const point = all[(wanted[at] as number) - chunk];
      if (point && inside(point)) shown.push(point);
    }
  }
  return shown;
}

/** Numbers of the points from the first chunk to the last that reaches into these steps. */
async function spanOf(
  db: RunDatabase,
  { id, points }: { id: number; points: number },
  { from, to }: Steps,
): Promise<{ first: number; count: number }> {
  if (from === -Infinity && to === Infinity) return { first: 0, count: points };
  const chunks = await db
    .selectFrom('metric_chunk')
    .select((e) => [e.fn.min('seq').as('first'), e.fn.max('seq').as('last')])
    .where('metric_id', '=', id)
    .where('step_max', '>=', from)
    .where('step_min', '<=', to)
    .executeTakeFirst();
  const tail = await db
    .selectFrom('metric_tail')
    .select((e) => [e.fn.min('seq').as('first'), e.fn.max('seq').as('last')])
    .where('metric_id', '=', id)
    .where('step', '>=', from)
    .where('step', '<=', to)
    .executeTakeFirst();
  const first = chunks?.first ?? tail?.first ?? 0;
  const end = typeof tail?.last === 'number' ? tail.last + 1 : Number(chunks?.last ?? -chunkSize) + chunkSize;
  return { first, count: Math.max(0, end - first) };
}

/** Which of `count` are shown, as MLflow chooses them: the first of each of `most` parts, and the very last for the last part's. */
function places(count: number, most: number): number[] {
  if (count <= most) return Array.from({ length: count }, (_, at) => at);
  // The parts as SQL's NTILE makes them: the first `count % most` are longer by one.
  const starts = Array.from(
    { length: most },
    (_, part) => part * Math.floor(count / most) + Math.min(part, count % most),
  );
  return [...starts.slice(0, -1), count - 1];
}
