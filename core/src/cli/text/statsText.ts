import type { CacheStats } from '../../api/schemas.ts';
import { formatPart } from '../../api/selection.ts';
import { formatAgo } from '../../api/text/moment.ts';
import { formatBytes, formatCount, formatDuration } from '../../api/text/units.ts';
import type { Paint } from '../session.ts';
import { formatNumber, formatUntil } from './format.ts';
import { sayCounts } from './reasons.ts';

/** How many of those that go next are named. */
const named = 3;

export function formatStats(stats: CacheStats, paint: Paint): string {
  const facts: [string, string[]][] = [
    ['Room', [roomOf(stats)]],
    ['Inodes', [inodesOf(stats)]],
    ['Versions', [versionsOf(stats)]],
    ['Hits', [hitsOf(stats)]],
    ['Fills', [fillsOf(stats)]],
    ['Evictions', [sayCounts('eviction', stats.evictions)]],
    ['Scrub', [scrubOf(stats)]],
    ['Ages out', agesOut(stats)],
    ['For room', underPressure(stats)],
  ];
  const lines = facts.flatMap(([title, texts]) =>
    texts.map((text, i) => `  ${paint('dim', (i === 0 ? title : '').padEnd(9))}  ${text}`),
  );
  return [paint('bold', stats.cache), ...lines].join('\n');
}

function roomOf({ used, capacity, reserved, free, trash }: CacheStats): string {
  const notes = [
    reserved > 0 ? `${formatBytes(reserved)} reserved` : '',
    trash > 0 ? `${formatBytes(trash)} yet to be deleted` : '',
    `${formatBytes(free)} free`,
  ].filter(Boolean);
  return `${formatBytes(used)} of ${formatBytes(capacity)} used, ${notes.join(', ')}`;
}

function inodesOf({ usedInodes, inodeCapacity, inodesFree }: CacheStats): string {
  const of = inodeCapacity === null ? '' : ` of ${formatNumber(inodeCapacity)}`;
  const free = inodesFree === null ? '' : `, ${formatNumber(inodesFree)} free`;
  return `${formatNumber(usedInodes)}${of} used${free}`;
}

function versionsOf({ placements, pinned, leased }: CacheStats): string {
  return `${formatNumber(placements)} ready, ${formatNumber(pinned)} pinned, ${formatNumber(leased)} in use`;
}

function hitsOf({ hits, misses, servedBytes }: CacheStats): string {
  const all = hits + misses;
  if (all === 0) return 'nothing was asked for yet';
  const share = Math.round((hits / all) * 100);
  return `${formatNumber(hits)} of ${formatNumber(all)} (${share}%); ${formatBytes(servedBytes)} mounted from here instead of the lake`;
}

function fillsOf({ fills, filledBytes, bytesPerSecond, measured }: CacheStats): string {
  const rate = measured ? `, ${formatBytes(bytesPerSecond)}/s on average` : '';
  return `${sayCounts('fill', fills)}; ${formatBytes(filledBytes)} from the lake${rate}`;
}

function scrubOf({ scrub }: CacheStats): string {
  const damaged =
    scrub.damagedNow > 0 ? `; ${formatCount(scrub.damagedNow, 'file')} damaged, to be healed` : '';
  if (scrub.everySeconds === 0) return `off${damaged}`;
  const pace = `every byte within ${formatDuration(scrub.everySeconds)}, at most ${formatBytes(scrub.bytesPerSecond)}/s`;
  const oldest = scrub.oldest === null ? '' : `; oldest proof ${formatAgo(scrub.oldest, Date.now())}`;
  return `${pace}${oldest}${damaged}`;
}

function agesOut({ agesOut: all }: CacheStats): string[] {
  const some = all
    .slice(0, named)
    .map(
      (each) =>
        `${formatPart(each.dataset, each.version, each.selection)} (${formatBytes(each.bytes)}) in ${formatUntil(each.at)}`,
    );
  return withRest(some, all.length);
}

function underPressure({ underPressure: all }: CacheStats): string[] {
  const some = all
    .slice(0, named)
    .map(
      (each) =>
        `${formatPart(each.dataset, each.version, each.selection)} (${formatBytes(each.bytes)}): ${each.why}`,
    );
  return withRest(some, all.length);
}

function withRest(some: string[], all: number): string[] {
  if (all === 0) return ['nothing'];
  return all > some.length ? [...some, `and ${formatNumber(all - some.length)} more`] : some;
}
