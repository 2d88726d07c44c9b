import { formatAge } from '../../src/api/text/moment.ts';
import { formatDuration } from '../../src/api/text/units.ts';
import type { Level } from './level.ts';

/** What there is to say about a version's place on its cache, beyond its level. `now` in milliseconds. */
export function placementSentences(level: Level, now: number): string[] {
  if (level.kind === 'failed') {
    const { problem } = level.placement;
    return [problem?.detail, problem?.hint].filter((text) => text !== undefined);
  }
  if (level.kind !== 'cached') return [];
  const { leases, expires, lastUsed, pinned } = level.placement;
  if (leases > 0) return [leases === 1 ? 'In use now' : `In use ${leases} times now`];
  const used = formatAge(lastUsed, now);
  const sentences = [used === 'now' ? 'Used just now' : `Last used ${used} ago`];
  if (pinned) sentences.push('pinned: stays until it is unpinned');
  if (expires !== null) {
    const seconds = (Date.parse(expires) - now) / 1000;
    const coarse = seconds > 3600 ? Math.floor(seconds / 3600) * 3600 : Math.floor(seconds / 60) * 60;
    sentences.push(coarse < 60 ? 'ages out soon' : `ages out in ${formatDuration(coarse)}`);
  }
  return [sentences.join(', ')];
}
