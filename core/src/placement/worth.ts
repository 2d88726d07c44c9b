import { formatBytes, formatCount, formatDuration } from '../api/text/units.ts';
import { type Rates, type Refill, refillSeconds } from './refill.ts';

/** What keeping a version on a cache is worth, with the terms that led to it. */
export interface Worth {
  expectedUses: number;
  usesLastWeek: number;
  /** To bring it back from the lake. */
  refillSeconds: number;
  /** Seconds of waiting that keeping it is expected to save, for each gigabyte (or million files) of room. */
  value: number;
}

export interface Valued extends Refill {
  expectedUses: number;
  usesLastWeek: number;
}

/** Which room is short: what a placement takes of it is what it must be worth. */
export type Scarce = 'bytes' | 'inodes';

/**
 * `value = expected uses x refill cost / bytes` (the frequency and cost of GreedyDual-Size-Frequency, Cherkasova 1998),
 * or `/ inodes` where those are short.
 */
export function worthOf(placed: Valued & { inodes: number }, rates: Rates, scarce: Scarce = 'bytes'): Worth {
  const seconds = refillSeconds(placed, rates);
  const room = scarce === 'bytes' ? placed.bytes / 1e9 : placed.inodes / 1e6;
  const { expectedUses, usesLastWeek } = placed;
  return {
    expectedUses,
    usesLastWeek,
    refillSeconds: seconds,
    value: room > 0 ? (expectedUses * seconds) / room : Number.MAX_VALUE,
  };
}

/** 'used 14 times in the last week, 3 min to bring back' */
export function sayWorth({ usesLastWeek, refillSeconds: seconds }: Worth): string {
  const used =
    usesLastWeek === 0 ? 'not used in the last week' : `used ${times(usesLastWeek)} in the last week`;
  return `${used}, ${seconds < 1 ? 'under 1 s' : formatDuration(seconds)} to bring back`;
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count.toLocaleString('en-US')} times`;
}

/** '2.1 GB', or '2.1 GB in 40,000 files and folders' where inodes are what is short. */
export function sayAmount(amount: { bytes: number; inodes: number }, scarce: Scarce): string {
  const bytes = formatBytes(amount.bytes);
  return scarce === 'bytes' ? bytes : `${bytes} in ${formatCount(amount.inodes, 'file')} and folders`;
}
