import type { CacheStats } from '../../src/api/schemas.ts';
import { formatAgo } from '../../src/api/text/moment.ts';
import { formatBytes, formatCount, formatDuration } from '../../src/api/text/units.ts';

/** '93% of 15 requests found it ready, 38.2 GB not fetched again' */
export function saySavings({ hits, misses, servedBytes }: CacheStats): string {
  const asked = hits + misses;
  if (asked === 0) return 'not asked for yet';
  const rate = `${Math.floor((hits / asked) * 100)}% of ${formatCount(asked, 'request')} found it ready`;
  return servedBytes === 0 ? rate : `${rate}, ${formatBytes(servedBytes)} not fetched again`;
}

/** 'all bytes read again every 30 d, next in 3 d'. `now` in milliseconds. */
export function sayScrub({ scrub }: CacheStats, now: number): string {
  if (scrub.damagedNow > 0)
    return `${formatCount(scrub.damagedNow, 'damaged file')}, healed once nobody uses them`;
  if (scrub.everySeconds === 0) return 'never read again';
  const every = `read again every ${formatDuration(scrub.everySeconds)}`;
  if (scrub.next === null) return every;
  const seconds = (Date.parse(scrub.next) - now) / 1000;
  const proved = scrub.oldest === null ? '' : `, last proved ${formatAgo(scrub.oldest, now)}`;
  return `${every}${proved}, next ${seconds <= 60 ? 'soon' : `in ${coarse(seconds)}`}`;
}

/** In one unit: '3 d', '22 h', '4 min'. */
export function coarse(seconds: number): string {
  const unit = seconds >= 86_400 ? 86_400 : seconds >= 3600 ? 3600 : 60;
  return formatDuration(Math.floor(seconds / unit) * unit);
}
