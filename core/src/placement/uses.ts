/** When a version was used, in little room. Times in milliseconds since 1970. */
export interface UseHistory {
  /** How often on which day (since 1970, UTC), ascending. */
  days: { day: number; uses: number }[];
  last: number;
  /** The usual time between two uses, milliseconds; null after the first. */
  pause: number | null;
}

const hour = 3_600_000;
const day = 24 * hour;
/** After a week a use counts half. */
const halfLife = 7;
/** What lies longer behind counts for less than a thousandth. */
const rememberedDays = 10 * halfLife;
/** Processes of one run mount within seconds: that is no pause. */
const shortestPause = hour;
/** Of a version that was used once; as long as caches keep what nobody uses, unless told otherwise. */
const assumedPause = day;
/** How much the newest pause counts for. */
const weight = 0.3;

export function addUse(history: UseHistory | undefined, now: number): UseHistory {
  const today = dayOf(now);
  const days = (history?.days ?? []).filter((each) => each.day > today - rememberedDays);
  const uses = days.find((each) => each.day === today)?.uses ?? 0;
  return {
    days: [...days.filter((each) => each.day !== today), { day: today, uses: uses + 1 }],
    last: now,
    pause: history ? average(history.pause, now - history.last) : null,
  };
}

function average(pause: number | null, newest: number): number {
  const now = Math.max(shortestPause, newest);
  return pause === null ? now : pause * (1 - weight) + now * weight;
}

/**
 * How often a version is going to be used, in uses of late: each counts half after a week, and all of them half with
 * each usual pause for which it has been idle too long, since work moves on from one dataset to the next.
 */
export function expectedUses(history: UseHistory, now: number): number {
  const today = dayOf(now);
  const counted = history.days.reduce(
    (sum, each) => sum + each.uses * 2 ** (-Math.max(0, today - each.day) / halfLife),
    0,
  );
  const pauses = (now - history.last) / (history.pause ?? assumedPause);
  return counted * 2 ** -Math.max(0, pauses - 1);
}

/** Uses today and on the six days before. */
export function usesLastWeek(history: UseHistory, now: number): number {
  const first = dayOf(now) - 6;
  return history.days.reduce((sum, each) => sum + (each.day >= first ? each.uses : 0), 0);
}

function dayOf(time: number): number {
  return Math.floor(time / day);
}
