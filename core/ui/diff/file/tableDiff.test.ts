import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffTables, keyColumns, readTable, type Table } from './tableDiff.ts';

test('a table is read with its quotes, and every column gets a name of its own', () => {
  expect(readTable('a,a,,"b, c"\r\n1,"x ""y""",3,4\n\n')).toEqual({
    columns: ['a', 'a (2)', 'column (3)', 'b, c'],
    rows: [['1', 'x "y"', '3', '4']],
  });
});

test('the key is what tells rows apart on both sides, before all what is called so', () => {
  const before = readTable('label,score,image_id\ncat,1,a\ndog,2,b\ncat,3,c\n');
  const after = readTable('label,score,image_id\ncat,1,a\ndog,2,c\ndog,9,d\n');
  expect(keyColumns(before, after)).toEqual(['image_id', 'score']);
  expect(keyColumns(before, readTable('label\ncat\n'))).toEqual([]);
});

test('rows and columns are told as added, removed and changed', () => {
  const before = readTable('id,label,old\n1,cat,x\n2,dog,y\n3,cow,z\n');
  const after = readTable('id,label,new\n3,cow,9\n1,dog,8\n4,pig,7\n');
  const diff = diffTables(before, after, 'id');
  expect(diff.columns).toEqual([
    { name: 'id', kind: 'same' },
    { name: 'label', kind: 'same' },
    { name: 'old', kind: 'removed' },
    { name: 'new', kind: 'added' },
  ]);
  expect(diff.counts).toEqual({ added: 1, removed: 1, changed: 1, same: 1 });
  expect(diff.rows.map(({ kind, key }) => [kind, key])).toEqual([
    ['changed', '1'],
    ['added', '4'],
    ['removed', '2'],
  ]);
  expect(diff.rows[0]?.cells[1]).toEqual({ before: 'cat', after: 'dog' });
});

const table: fc.Arbitrary<Table> = fc.uniqueArray(fc.nat(9), { maxLength: 8 }).chain((ids) =>
  fc.array(fc.constantFrom('x', 'y'), { minLength: ids.length, maxLength: ids.length }).map((values) => ({
    columns: ['id', 'value'],
    rows: ids.map((id, at) => [String(id), values[at] ?? '']),
  })),
);

test('what is told makes the one table from the other, whatever the order of rows', () => {
  fc.assert(
    fc.property(table, table, (before, after) => {
      const { rows, counts } = diffTables(before, after, 'id');
      const made = new Map(before.rows.map(([id, value]) => [id, value]));
      for (const { kind, key, cells } of rows) {
        if (kind === 'removed') made.delete(key);
        else made.set(key, cells[1]?.after);
      }
      expect(made).toEqual(new Map(after.rows.map(([id, value]) => [id, value])));
      expect(counts.same + counts.changed + counts.removed).toBe(before.rows.length);
      expect(counts.same + counts.changed + counts.added).toBe(after.rows.length);
    }),
  );
});
