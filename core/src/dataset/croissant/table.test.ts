import { expect, test } from 'vitest';
import { columnsOf, rowsOf } from './table.ts';

test.each([
  [
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,b\r\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a,b\r1,2\r',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['"a,""b""","c\nd",\n', [['a,"b"', 'c\nd', '']]],
  ['a\n\n\nb\n', [['a'], ['b']]],
  [',\n', [['', '']]],
  ['', []],
  ['"not "closed properly\n', []],
])('%j is read as RFC 4180 has it', (text, rows) => {
  expect(rowsOf(text, ',')).toEqual(rows);
});

test('a column has the type that all its values have, empty ones aside', () => {
  const text = [
    'id,score,ok,day,note,none,big',
    '1,0.5,true,2020-01-02,7,,12345678901234567890',
    '-2,,False,2020-02-03,x,,1',
  ].join('\n');
  expect(columnsOf(text, ',', true).map(({ name, type }) => [name, type])).toEqual([
    ['id', 'sc:Integer'],
    ['score', 'sc:Float'],
    ['ok', 'sc:Boolean'],
    ['day', 'sc:Date'],
    ['note', 'sc:Text'],
    ['none', 'sc:Text'],
    ['big', 'sc:Float'],
  ]);
});

test('a quote that never ends costs no time', () => {
  const began = performance.now();
  expect(rowsOf(`a,"${'x""'.repeat(350_000)}`, ',')[0]).toHaveLength(2);
  expect(rowsOf(`a,"${'x'.repeat(2 ** 20)}" y`, ',')).toEqual([]);
  expect(performance.now() - began).toBeLessThan(2000);
});

test('a last line that is cut off says nothing', () => {
  expect(columnsOf('a\n1\n2\nx', ',', false)).toEqual([{ name: 'a', type: 'sc:Integer' }]);
});

test('tabs separate as well, and a byte order mark is none of the name', () => {
  expect(columnsOf('\uFEFFa,b\tc\n1\t2\n', '\t', true).map(({ name }) => name)).toEqual(['a,b', 'c']);
});

test.each(['1,2\n3,4\n', 'a,a\n1,2\n', ''])('%j names no columns', (text) => {
  expect(columnsOf(text, ',', true)).toEqual([]);
});

test('a column without a name, as pandas writes its index, is left out', () => {
  expect(columnsOf(',a\n0,x\n', ',', true)).toEqual([{ name: 'a', type: 'sc:Text' }]);
});
