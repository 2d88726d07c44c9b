import { among } from '../store/among.ts';
import type { RunDatabase } from '../store/open.ts';
import { chunkSize, decodePoints } from './chunk.ts';
import { numberOf, type Point } from './point.ts';

/** Chunks, from the end of a series, in which a point is looked for: the last 262,144 points. */
const mostLookedAt = 1024;

/**
 * The points that aren't there yet: as MLflow's store keeps them, the same value at the same step and time stands once,
 * whether a client sends it again for want of an answer or a library logs it twice. Series whose points are all there are
 * left out.
 */
export async function withoutRepeated(
  db: RunDatabase,
  runId: string,
  byKey: ReadonlyMap<string, readonly Point[]>,
): Promise<Map<string, Point[]>> {
  const known = await db
    .selectFrom('metric')
    .select(['id', 'key', 'points', 'step', 'time'])
    .where('run_id', '=', runId)
    .where('key', 'in', byKey.size === 1 ? [...byKey.keys()] : among([...byKey.keys()]))
    .execute();
  const series = new Map(known.map((each) => [each.key, each]));
  const added = new Map<string, Point[]>();
  for (const [key, points] of byKey) {
    const there = series.get(key);
    // What is later than all that is there, as nearly everything is, needs no look.
    const old = there ? points.filter((point) => !isLater(point, there)) : [];
    const seen = there && old.length > 0 ? await findSame(db, there, old) : new Set<string>();
    const fresh = points.filter((point) => {
      const text = textOf(point);
      return !seen.has(text) && seen.add(text);
    });
    if (fresh.length > 0) added.set(key, fresh);
  }
  return added;
}

const textOf = ({ step, time, value }: Point) => `${step} ${time} ${value}`;

const isLater = (a: { step: number; time: number }, b: { step: number; time: number }) =>
  a.step > b.step || (a.step === b.step && a.time > b.time);

/** Of a series, the points that may be among `wanted`, as text. */
async function findSame(
  db: RunDatabase,
  { id, points }: { id: number; points: number },
  wanted: readonly Point[],
): Promise<Set<string>> {
  const steps = wanted.map(({ step }) => step);
  const times = wanted.map(({ time }) => time);
  const tail = await db
    .selectFrom('metric_tail')
    .select(['step', 'time', 'value'])
    .where('metric_id', '=', id)
    .execute();
  const chunks = await db
    .selectFrom('metric_chunk')
    .select('points')
    .where('metric_id', '=', id)
    .where('seq', '>=', points - mostLookedAt * chunkSize)
    .where('step_max', '>=', Math.min(...steps))
    .where('step_min', '<=', Math.max(...steps))
    .where('time_max', '>=', Math.min(...times))
    .where('time_min', '<=', Math.max(...times))
    .execute();
  const all = [
    ...tail.map(({ value, ...rest }) => ({ ...rest, value: numberOf(value) })),
    ...chunks.flatMap((chunk) => decodePoints(chunk.points)),
  ];
  return new Set(all.map(textOf));
}
