import { formatRef } from '@forebay/core/api/ref';
import type { SyncResult } from '@forebay/core/api/schemas';
import { formatBytes, formatCount } from '@forebay/core/api/text/units';

/** What a sync has made. */
export function syncSentence(result: SyncResult): string {
  const ref = formatRef(result.dataset, result.version);
  const { added, changed, removed } = result;
  if (added + changed + removed === 0) return `Nothing has changed since ${ref}.`;
  const size = `${formatCount(result.files, 'file')}, ${formatBytes(result.bytes)}`;
  const counts = [added, changed, removed].map((count) => count.toLocaleString('en-US'));
  return `${ref}: ${size} (+${counts[0]} added, ~${counts[1]} changed, −${counts[2]} removed).`;
}
