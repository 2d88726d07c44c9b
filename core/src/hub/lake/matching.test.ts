import { expect, test } from 'vitest';
import { matching } from './matching.ts';

const dataset = (name: string, description = '', labels: string[] = []) => ({
  ...{ id: name, name, description, labels },
  created: '2026-11-23T10:00:00Z',
});
const all = [
  dataset('chest-xray', 'NIH chest X-rays', ['radiology']),
  dataset('histology', 'Slides of Lymph nodes', ['pathology', 'Radiology']),
  dataset('mnist'),
];
const found = (search: string | undefined) => matching(all, search).map(({ name }) => name);

test('datasets are found by name, description and label, in whatever case', () => {
  expect(found('XRAY')).toEqual(['chest-xray']);
  expect(found('lymph')).toEqual(['histology']);
  expect(found('radiology')).toEqual(['chest-xray', 'histology']);
});

test('every word must be somewhere', () => {
  expect(found('radiology slides')).toEqual(['histology']);
  expect(found('radiology mnist')).toEqual([]);
});

test('no word finds all', () => {
  expect([found(undefined), found('  ')].map(({ length }) => length)).toEqual([3, 3]);
});
