import type { Figure, Sample, Work } from '../measure/sample.ts';

export interface Which {
  work: Work;
  peer: string;
  figure: Figure;
}

/** The middle one; of an even number the mean of the middle two. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}

export function medianOf(samples: readonly Sample[], which: Which): number {
  return median(samplesOf(samples, which).map(({ value }) => value));
}

export interface Ratio {
  /** Of the medians. */
  middle: number;
  /** Least and most of the rounds, each round's own figures compared. */
  least: number;
  most: number;
}

/** How many times the other's figure ours is; undefined where one of them is missing. */
export function ratioOf(samples: readonly Sample[], ours: Which, other: Which): Ratio | undefined {
  const middle = medianOf(samples, ours) / medianOf(samples, other);
  if (Number.isNaN(middle)) return undefined;
  const rounds = new Set(samples.map(({ round }) => round));
  const each = [...rounds]
    .map((round) => samples.filter((sample) => sample.round === round))
    .map((round) => medianOf(round, ours) / medianOf(round, other))
    .filter((ratio) => !Number.isNaN(ratio));
  return { middle, least: Math.min(...each), most: Math.max(...each) };
}

function samplesOf(samples: readonly Sample[], { work, peer, figure }: Which): Sample[] {
  return samples.filter((found) => found.work === work && found.peer === peer && found.figure === figure);
}
