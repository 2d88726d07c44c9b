import type { Figure, Sample } from '../measure/sample.ts';
import type { Goal, Line } from './goals.ts';
import { medianOf, type Ratio, ratioOf } from './statistics.ts';

export interface Row {
  line: Line;
  ours: number;
  /** The other's median and how ours compares; null where nobody stands beside, undefined where it wasn't measured. */
  other: { median: number; ratio: Ratio } | null | undefined;
  /** Null where nothing must be reached. */
  met: boolean | null;
}

/** One row a line that was measured, for the Forebay that `peer` names. */
export function rowsOf(samples: readonly Sample[], peer: string, lines: readonly Line[]): Row[] {
  return lines.flatMap((line) => {
    const which = { work: line.work, figure: line.figure, peer };
    const ours = medianOf(samples, which);
    if (Number.isNaN(ours)) return [];
    const other = besideOf(samples, which, line);
    return [{ line, ours, other, met: isMet(line.goal, ours, other?.ratio.middle) }];
  });
}

function besideOf(samples: readonly Sample[], ours: Parameters<typeof ratioOf>[1], { beside, work }: Line) {
  if (beside === null) return null;
  // What stands beside Forebay may be another figure of its own.
  const peer = beside.peer === 'forebay' ? ours.peer : beside.peer;
  const which = { work, figure: beside.figure, peer };
  const ratio = ratioOf(samples, ours, which);
  return ratio && { median: medianOf(samples, which), ratio };
}

export function isMet(goal: Goal, ours: number, ratio: number | undefined): boolean | null {
  if (goal.is === 'at most') return ours <= goal.value;
  if (goal.is === 'none' || ratio === undefined) return null;
  return ratio <= (goal.is === 'at most times' ? goal.times : 1 / goal.times);
}

export function formatFigure(figure: Figure, value: number): string {
  if (figure === 'seconds' || figure === 'inside') return formatSeconds(value);
  if (value < 1e6) return `${significant(value / 1e3)} KB`;
  if (value >= 1e9) return `${significant(value / 1e9)} GB`;
  return `${value < 10e6 ? significant(value / 1e6) : grouped(Math.round(value / 1e6))} MB`;
}

export function formatSeconds(seconds: number): string {
  if (seconds < 1) return `${significant(seconds * 1000)} ms`;
  return `${seconds < 100 ? significant(seconds) : grouped(Math.round(seconds))} s`;
}

export function formatGoal(goal: Goal, figure: Figure): string {
  if (goal.is === 'none') return '';
  if (goal.is === 'at most') return `at most ${formatFigure(figure, goal.value)}`;
  if (goal.is === 'times faster') return `${goal.times} times faster`;
  if (goal.times === 1) return 'no slower';
  return goal.times < 0.1 ? `at most ${goal.times * 100}%` : `at most ${goal.times} times its time`;
}

/** As the goal speaks: how many times its time, or how many times faster. */
export function formatRatio(goal: Goal, { middle, least, most }: Ratio): string {
  if (goal.is === 'at most times' && goal.times < 0.1) return `${significant(middle * 100)}%`;
  const faster = goal.is !== 'at most times' && middle <= 1;
  const [value, from, to] = faster ? [1 / middle, 1 / most, 1 / least] : [middle, least, most];
  const range = significant(from) === significant(to) ? '' : ` (${significant(from)}–${significant(to)})`;
  return `${significant(value)} times ${faster ? 'faster' : 'its time'}${range}`;
}

/** Two digits that matter, without zeros that pretend. */
export function significant(value: number): string {
  if (value >= 100) return grouped(Math.round(value));
  return value >= 9.95 ? value.toFixed(0) : value >= 0.995 ? value.toFixed(1) : value.toPrecision(2);
}

export function grouped(value: number): string {
  return value.toLocaleString('en-US');
}
