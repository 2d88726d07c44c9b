const steps: [seconds: number, unit: string][] = [
  [365 * 86_400, 'y'],
  [7 * 86_400, 'wk'],
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
];

/** How long ago, in one unit: '2 h'; 'now' within a minute. `now` in milliseconds. */
export function formatAge(time: string, now: number): string {
  const seconds = (now - Date.parse(time)) / 1000;
  for (const [length, unit] of steps) {
    if (seconds >= length) return `${Math.floor(seconds / length)} ${unit}`;
  }
  return 'now';
}

/** Milliseconds until `formatAge` says something else; at most a day, since a timer can't wait for weeks. */
export function untilNextAge(time: string, now: number): number {
  const age = Math.max(0, now - Date.parse(time));
  const unit = 1000 * (steps.find(([length]) => age >= 1000 * length)?.[0] ?? 60);
  return Math.min(unit - (age % unit), 86_400_000);
}

/** '2 h ago', 'just now'. `now` in milliseconds. */
export function formatAgo(time: string, now: number): string {
  const age = formatAge(time, now);
  return age === 'now' ? 'just now' : `${age} ago`;
}

// Made once: to make one takes as long as to format a table's row.
const parts = {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;
const thisYears = new Intl.DateTimeFormat(undefined, parts);
const anyYears = new Intl.DateTimeFormat(undefined, { ...parts, year: 'numeric' });

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** The time of day in the reader's own zone: '14:02'. A number is in milliseconds. */
export const formatClock = (time: Date | number): string => clock.format(time);

/** The moment in the reader's own zone: '27 Nov, 14:02', with the year where it isn't this one. */
export function formatMoment(time: string): string {
  const date = new Date(time);
  // A table still shows what somebody wrote wrongly.
  if (Number.isNaN(date.getTime())) return date.toLocaleString();
  return (date.getFullYear() === new Date().getFullYear() ? thisYears : anyYears).format(date);
}
