import type { CacheStore, Lease, Placement } from '@forebay/core/api/schemas';
import { formatPart } from '@forebay/core/api/selection';
import { formatAgo } from '@forebay/core/api/text/moment';
import { formatBytes, formatDuration } from '@forebay/core/api/text/units';
import { holderName } from '@forebay/core/ui/lease/holders';
import { levelColor, shortLevel } from '../datasets/versionRow.ts';
import { type Level, levelContext, levelIcon, levelWords } from '../levels/level.ts';
import { levelLines } from '../levels/levelLines.ts';
import { escapeMarkdown, type Row, say } from '../tree/row.ts';
import { countdownOf } from './countdown.ts';

export function cacheRow(cache: CacheStore): Row {
  const taken = cache.used + cache.reserved;
  const share = cache.capacity === 0 ? 100 : Math.min(100, (100 * taken) / cache.capacity);
  const description = say(
    !cache.reachable && 'unreachable',
    `${formatBytes(taken)} used`,
    `${formatBytes(cache.free)} free`,
    cache.temporary && 'temporary',
  );
  const lines = [
    `**${escapeMarkdown(cache.name)}**`,
    `${formatBytes(cache.used)} used, ${formatBytes(cache.reserved)} reserved by fills, ${formatBytes(cache.free)} free of ${formatBytes(cache.capacity)}`,
    `Cleared ${formatDuration(cache.ttlSeconds)} after the last use`,
    cache.temporary ? 'Temporary: a restart of this machine may empty it' : '',
    `\`${cache.path}\``,
  ];
  return {
    id: cache.name,
    label: cache.name,
    description,
    icon: storeIcon(share),
    ...(cache.reachable ? {} : { color: 'list.warningForeground' }),
    tooltip: lines.filter(Boolean).join('  \n'),
    spoken: `Cache ${cache.name}, ${description}`,
    context: 'cache',
    expandable: true,
  };
}

/** Empty only when nothing is in it, full only when nothing more fits. */
export function storeIcon(share: number): string {
  if (share === 0) return 'forebay-store-0';
  if (share >= 99.5) return 'forebay-store-100';
  return `forebay-store-${Math.min(80, Math.max(20, 20 * Math.round(share / 20)))}`;
}

/** What lies on a cache: how big, when it was used, when it goes, and who keeps it. `now` in milliseconds. */
export function placementRow(
  placement: Placement,
  level: Level,
  now: number,
  holders: readonly Lease[] = [],
): Row {
  const name = formatPart(placement.dataset, placement.version, placement.selection);
  const settled = level.kind === 'ready' || level.kind === 'part';
  const inUse = placement.leases > 0 && `in use${holders[0] ? ` by ${usersOf(holders)}` : ''}`;
  const said = settled
    ? [countdownOf(placement, now), inUse || `used ${formatAgo(placement.lastUsed, now)}`]
    : shortLevel(level);
  const description = say(formatBytes(placement.bytes), ...said, placement.pinned && 'pinned');
  const tooltip = [`**${escapeMarkdown(name)}**`, ...levelLines(level, now, holders)];
  return {
    id: placement.id,
    label: name,
    description,
    icon: levelIcon(level),
    ...levelColor(level),
    tooltip: tooltip.join('  \n'),
    spoken: `${name}, ${say(levelWords(level), description)}`,
    context: `placement.${levelContext(level)}`,
    expandable: false,
  };
}

/** 'Kernel of train.ipynb', 'process 4711 and 2 more' */
function usersOf([first, ...others]: readonly Lease[]): string {
  if (first === undefined) return '';
  return others.length === 0 ? holderName(first) : `${holderName(first)} and ${others.length} more`;
}
