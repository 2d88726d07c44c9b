import { expect, test } from 'vitest';
import { formatTable } from './table.ts';

const columns = [
  { title: 'NAME', of: (row: { name: string; size: string }) => row.name },
  { title: 'SIZE', align: 'right' as const, of: (row: { name: string; size: string }) => row.size },
];
const rows = [
  { name: 'mnist', size: '11.1 MB' },
  { name: 'ü', size: '9 B' },
];

test('columns are aligned, numbers to the right', () => {
  expect(formatTable(rows, columns, (_, text) => text)).toBe(
    'NAME      SIZE\nmnist  11.1 MB\nü          9 B',
  );
});

test('colours take no room', () => {
  const paint = (_: unknown, text: string) => `\u001b[2m${text}\u001b[22m`;
  const coloured = columns.map((column) => ({
    ...column,
    of: (row: (typeof rows)[0]) => paint(0, column.of(row)),
  }));
  const lines = formatTable(rows, coloured, paint).split('\n');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken away
  expect(lines[1]?.replaceAll(/\u001b\[\d+m/g, '')).toBe('mnist  11.1 MB');
});
