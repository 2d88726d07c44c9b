import { ForebayError } from '../errors.ts';

const decimal: Record<string, number> = { '': 1, k: 1e3, m: 1e6, g: 1e9, t: 1e12, p: 1e15 };
const binary: Record<string, number> = { k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40, p: 2 ** 50 };

/** '2TB', '500 MB', '64MiB', '1024' as bytes. Decimal prefixes count in thousands, as disks are sold (IEC 80000-13). */
export function parseBytes(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgtp]?)(i?)b?$/i.exec(text.trim());
  const prefix = match?.[2]?.toLowerCase() ?? '';
  const unit = match?.[3] ? binary[prefix] : decimal[prefix];
  const value = Math.floor(Number(match?.[1]) * (unit ?? Number.NaN));
  if (!Number.isSafeInteger(value)) {
    throw new ForebayError('bad-request', `'${text}' is not a size.`, 'Write it like 500GB, 2TB or 64MiB.');
  }
  return value;
}

const secondsPer: Record<string, number> = { s: 1, m: 60, min: 60, h: 3600, d: 86_400, w: 604_800 };

/** '90s', '15m', '12h', '1d', '2w' as whole seconds. */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*(s|m|min|h|d|w)$/i.exec(text.trim());
  const value = Math.round(Number(match?.[1]) * (secondsPer[match?.[2]?.toLowerCase() ?? ''] ?? Number.NaN));
  if (!Number.isSafeInteger(value)) {
    throw new ForebayError('bad-request', `'${text}' is not a time span.`, 'Write it like 12h, 1d or 2w.');
  }
  return value;
}

/** 38_200_000_000 as '38.2 GB'. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  let value = bytes;
  for (const unit of ['kB', 'MB', 'GB', 'TB', 'PB']) {
    value /= 1000;
    if (value < 999.95 || unit === 'PB') return `${value.toFixed(value < 99.95 ? 1 : 0)} ${unit}`;
  }
  return `${bytes} B`;
}

/** 627615 and 'file' as '627,615 files'. */
export function formatCount(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

/** 231 as '3 min 51 s'; at most two units. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [d, h, m, s] = [
    Math.floor(whole / 86_400),
    Math.floor(whole / 3600) % 24,
    Math.floor(whole / 60) % 60,
    whole % 60,
  ];
  const parts = [d && `${d} d`, h && `${h} h`, m && `${m} min`, s && `${s} s`].filter(Boolean);
  return parts.slice(0, 2).join(' ') || '0 s';
}
