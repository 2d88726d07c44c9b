const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
] as const;

/** How long ago, in one unit ('3 d', '2 h', '5 min', 'now'); a date when it is more than four weeks. */
export function formatAge(time: string, now: number): string {
  const seconds = (now - Date.parse(time)) / 1000;
  if (seconds > 28 * 86_400) return time.slice(0, 10);
  for (const [unit, length] of units) {
    if (seconds >= length) return `${Math.floor(seconds / length)} ${unit}`;
  }
  return 'now';
}
