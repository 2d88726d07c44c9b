import type { HistoryEntry } from '../../api/schemas.ts';

const fills: Record<string, string> = {
  person: 'asked for',
  mount: 'mounted',
  refill: 'healed what was damaged',
};
const evictions: Record<string, string> = {
  'aged-out': 'not used for long',
  pressure: 'made room',
  person: 'cleared by hand',
  replaced: 'its folder was changed behind our back',
  damaged: 'its folder was changed or removed',
  detached: 'its cache was detached',
};

/** Why something was filled or cleared, for people. */
export function sayReason({
  kind,
  reason,
  for: wanted,
}: Pick<HistoryEntry, 'kind' | 'reason' | 'for'>): string {
  const words = (kind === 'fill' ? fills : evictions)[reason] ?? reason;
  return wanted === null ? words : `${words} for ${wanted}`;
}

/** '3 mounted, 1 asked for' */
export function sayCounts(kind: HistoryEntry['kind'], counts: Record<string, number>): string {
  const all = Object.entries(counts).map(
    ([reason, count]) => `${count.toLocaleString('en-US')} ${sayReason({ kind, reason, for: null })}`,
  );
  return all.length > 0 ? all.join(', ') : 'none';
}
