/** What a cache's fills were measured to do. */
export interface Rates {
  bytesPerSecond: number;
  /** Files out of packs, or objects where each file is one. */
  filesPerSecond: number;
}

/** Until a cache's own fills have shown better: a link of 1 Gb/s, and files as a disk writes them. */
export const assumedRates: Rates = { bytesPerSecond: 100e6, filesPerSecond: 5000 };

export interface Refill {
  bytes: number;
  files: number;
}

/** Seconds that it takes to bring this much from the lake: whichever takes longer, its bytes or its files. */
export function refillSeconds({ bytes, files }: Refill, rates: Rates): number {
  return Math.max(bytes / rates.bytesPerSecond, files / rates.filesPerSecond);
}

/** How much the newest measurement counts for. */
const weight = 0.3;
/** Below this much a fill shows how long it takes to begin, not how fast it goes. */
const least = { bytes: 8e6, files: 1000, seconds: 0.2 };

/**
 * Rates with one more fill counted in. A fill tells only about what it waited for: one of few large files says
 * nothing of files a second. `known` is null until a first fill was measured.
 */
export function learnRates(known: Rates | null, fill: Refill & { seconds: number }): Rates | null {
  const { bytes, files, seconds } = fill;
  if (seconds < least.seconds || (bytes < least.bytes && files < least.files)) return known;
  const rates = known ?? assumedRates;
  const next = { bytesPerSecond: bytes / seconds, filesPerSecond: files / seconds };
  const average = (before: number, now: number) =>
    known === null ? now : before * (1 - weight) + now * weight;
  return bytes / rates.bytesPerSecond >= files / rates.filesPerSecond
    ? { ...rates, bytesPerSecond: average(rates.bytesPerSecond, next.bytesPerSecond) }
    : { ...rates, filesPerSecond: average(rates.filesPerSecond, next.filesPerSecond) };
}
