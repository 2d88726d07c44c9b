import type { Lease } from '@forebay/core/api/schemas';
import { describeSelection } from '@forebay/core/api/selection';
import { formatAgo } from '@forebay/core/api/text/moment';
import { formatDuration } from '@forebay/core/api/text/units';
import { holderSentence } from '@forebay/core/ui/lease/holders';
import { escapeMarkdown, say } from '../tree/row.ts';
import { type Level, levelWords } from './level.ts';

/** A level in full, as a tooltip's lines of Markdown. `now` in milliseconds. */
export function levelLines(level: Level, now: number, holders: readonly Lease[] = []): string[] {
  if (level.kind === 'lake') return ['In the lake only: not cached'];
  if (level.kind === 'failed') {
    const { detail, hint } = level.placement.problem ?? { detail: 'failed to cache', hint: undefined };
    return [escapeMarkdown([detail, hint].filter(Boolean).join(' '))];
  }
  const { path, selection, pinned } = level.placement;
  const words = levelWords(level);
  return [
    escapeMarkdown(say(words[0]?.toUpperCase() + words.slice(1), untilOf(level, now))),
    selection && escapeMarkdown(`Only ${describeSelection(selection)}: caching the version brings the rest`),
    pinned && 'Pinned: it stays until it is unpinned',
    ...holders.map((lease) => escapeMarkdown(holderSentence(lease, now))),
    path !== null && `\`${path}\``,
  ].filter((line) => typeof line === 'string');
}

function untilOf(level: Exclude<Level, { kind: 'lake' }>, now: number): string | false {
  if (level.kind !== 'ready' && level.kind !== 'part') return false;
  const { expires, leases, lastUsed } = level.placement;
  if (leases > 0) return `in use by ${leases}`;
  const used = `used ${formatAgo(lastUsed, now)}`;
  const seconds = expires === null ? 0 : (Date.parse(expires) - now) / 1000;
  return seconds > 0 ? say(used, `cleared in ${formatDuration(seconds)} unless used`) : used;
}
