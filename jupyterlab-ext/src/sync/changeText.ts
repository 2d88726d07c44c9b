import type { CheckoutResult } from '@forebay/core/api/schemas';
import { formatCount } from '@forebay/core/api/text/units';

const signs = { added: '+', changed: '~', removed: '−' } as const;
export const kinds = ['added', 'changed', 'removed'] as const;

/** '+3 added, ~1 changed'; 'nothing' where nothing comes. */
export function countsSentence(counts: Pick<CheckoutResult, (typeof kinds)[number]>): string {
  const some = kinds.filter((kind) => counts[kind] > 0);
  const said = some.map((kind) => `${signs[kind]}${counts[kind].toLocaleString('en-US')} ${kind}`);
  return said.join(', ') || 'nothing';
}

/** What stands above JupyterLab's listing: '4 changed', '12 files differ', 'no changes'. */
export function changesBrief(counts: { added: number; changed: number; removed: number }): string {
  const some = kinds.filter((kind) => counts[kind] > 0);
  if (some.length === 0) return 'no changes';
  if (some.length > 1)
    return `${formatCount(
      some.reduce((sum, kind) => sum + counts[kind], 0),
      'change',
    )}`;
  const kind = some[0] as (typeof kinds)[number];
  return `${counts[kind].toLocaleString('en-US')} ${kind}`;
}
