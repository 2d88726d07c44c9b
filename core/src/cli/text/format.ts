import { formatDuration } from '../../api/text/units.ts';

/** How long until then, roughly: '22 h', or '' where there is no such time. */
export function formatUntil(time: string | null, now: number = Date.now()): string {
  if (time === null) return '';
  const seconds = (Date.parse(time) - now) / 1000;
  const unit = [86_400, 3600, 60].find((each) => seconds >= each) ?? 1;
  return seconds <= 0 ? 'now' : formatDuration(Math.floor(seconds / unit) * unit);
}

export function formatNumber(count: number): string {
  return count.toLocaleString('en-US');
}

/** '+12 ~3 -4' */
export function formatChange(change: { added: number; changed: number; removed: number }): string {
  return `+${formatNumber(change.added)} ~${formatNumber(change.changed)} -${formatNumber(change.removed)}`;
}

/** A path as one line of a terminal: control characters, which a file's name may hold, are spelled out. */
export function printable(path: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return path.replace(/[\u0000-\u001f\u007f-\u009f]/g, (each) => {
    const known = { '\n': '\\n', '\t': '\\t', '\r': '\\r' }[each];
    return known ?? `\\x${(each.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;
  });
}
