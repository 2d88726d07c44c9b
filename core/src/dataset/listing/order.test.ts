import fc from 'fast-check';
import { expect, test } from 'vitest';
import { orderOf } from './order.ts';

test('rows are in the order of their keys, equal ones as they were, whichever way round', () => {
  // Sizes beyond 2^40 bytes, too, for which there is no room beside the row.
  const key = fc.oneof(fc.nat(5), fc.nat(2 ** 31 - 1), fc.maxSafeNat());
  fc.assert(
    fc.property(fc.array(key), (keys) => {
      const columns = { count: keys.length, sizes: () => keys, mtimes: () => [], types: () => [] };
      const rows = keys.map((value, row) => ({ value, row }));
      const up = [...rows].sort((a, b) => a.value - b.value || a.row - b.row);
      const down = [...rows].sort((a, b) => b.value - a.value || a.row - b.row);
      expect(Array.from(orderOf(columns, 'size') ?? [])).toEqual(up.map(({ row }) => row));
      expect(Array.from(orderOf(columns, '-size') ?? [])).toEqual(down.map(({ row }) => row));
    }),
  );
});
