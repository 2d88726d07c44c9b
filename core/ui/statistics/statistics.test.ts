import { expect, test } from 'vitest';
import { classRows, imbalance, typeRows } from './barRows.ts';
import { sizeGroups, ticks } from './imageSizes.ts';

const classes = {
  folders: ['train'],
  items: [
    { name: 'mass', perFolder: [4], files: 4, bytes: 40 },
    { name: 'normal', perFolder: [50], files: 50, bytes: 500 },
  ],
};

test('classes stand from many to few, lead to their folder, and say how uneven they are', () => {
  const rows = classRows(classes);
  expect(rows.map(({ name, path }) => [name, path])).toEqual([
    ['normal', 'train/normal'],
    ['mass', 'train/mass'],
  ]);
  expect(imbalance(rows)).toBe('The largest is 13 times the smallest.');
  expect(imbalance(rows.slice(1))).toBe('');
});

test('what has no ending, and the rest, have a name', () => {
  const types = ['png', '', '*'].map((type) => ({ type, files: 1, bytes: 1 }));
  expect(typeRows(types).map(({ name }) => name)).toEqual(['png', 'without an ending', 'others']);
});

test('pictures of one size are one dot, and axes have round numbers', () => {
  const image = (width: number, height: number) => ({ path: '', size: 1, width, height, mode: 'L' });
  expect(sizeGroups([image(96, 96), image(128, 96), image(96, 96)])).toEqual([
    { width: 96, height: 96, count: 2 },
    { width: 128, height: 96, count: 1 },
  ]);
  expect(ticks(1024)).toEqual([0, 500, 1000, 1500]);
  expect(ticks(96)).toEqual([0, 25, 50, 75, 100]);
  expect(ticks(1)).toEqual([0, 1]);
});
