import type { DiffSummary } from '../../api/index.ts';
import type { Comparison } from '../../dataset/diff/compare.ts';
import type { DiffTable } from '../../dataset/diff/table.ts';
import { changesByType } from '../../dataset/diff/tally.ts';

/** Types that are told; a dataset with more has names that happen to have dots. */
const typesMost = 100;

type Summed = Pick<DiffSummary, 'counts' | 'bytes' | 'beyond' | 'types'>;

const summaries = new WeakMap<DiffTable, Summed>();

/** What changed, and how much. */
export function summaryOf({ table, beyond }: Comparison): Summed {
  const known = summaries.get(table) ?? summarise(table, beyond);
  summaries.set(table, known);
  return known;
}

export const nothingYet: Summed = {
  counts: { added: 0, changed: 0, removed: 0, moved: 0 },
  bytes: { added: 0, removed: 0, moved: 0, changed: { before: 0, after: 0 } },
  beyond: 0,
  types: [],
};

function summarise(table: DiffTable, beyond: number): Summed {
  const { counts, bytes } = structuredClone(nothingYet);
  for (let row = 0; row < table.length; row++) {
    const is = table.is(row);
    if (is === 'left') continue;
    const { before, after } = table.bytes(row);
    counts[is]++;
    if (is === 'changed') {
      bytes.changed.before += before;
      bytes.changed.after += after;
    } else bytes[is] += is === 'removed' ? before : after;
  }
  return { counts, bytes, beyond, types: changesByType(table).slice(0, typesMost) };
}
