import { randomBytes } from 'node:crypto';
import type { Lake } from './lake.ts';
import { conditionsIgnored, rangesIgnored } from './unsafe.ts';

const writers = 8;

/**
 * Tries on a random key, deleted again, what everything rests on: of 8 writers at once exactly one makes the object,
 * later writers are refused, and a range is answered with its own bytes. Throws `lake-unsafe` otherwise.
 */
export async function probeConditionalWrites(lake: Lake): Promise<void> {
  const key = `probe-${randomBytes(16).toString('hex')}`;
  const bodies = Array.from({ length: writers }, () => randomBytes(64));
  try {
    const answers = await Promise.all(bodies.map((body) => lake.putIfAbsent(key, body)));
    const winners = bodies.filter((_, at) => answers[at]?.created);
    const kept = await lake.get(key);
    // A winner whose answer was lost on the way reports `created: false`; two winners can never be right.
    const whole = bodies.find((body) => kept && body.equals(kept));
    if (winners.length > 1 || !whole || (winners[0] && winners[0] !== whole))
      throw conditionsIgnored(lake.url);
    const again = await lake.putIfAbsent(key, randomBytes(64));
    if (again.created || !whole.equals((await lake.get(key)) ?? Buffer.of()))
      throw conditionsIgnored(lake.url);
    const part = await lake.get(key, { range: { offset: 10, length: 20 } });
    if (!part || !whole.subarray(10, 30).equals(part)) throw rangesIgnored(lake.url);
  } finally {
    await lake.delete(key).catch(() => undefined);
  }
}
