import { expect, test } from 'vitest';
import { drivePathOf, parseDrivePath } from './drivePath.ts';

test('a path of the drive names a version and a path within it', () => {
  expect(parseDrivePath('chest-xray@v3/images/a.png')).toEqual({
    dataset: 'chest-xray',
    selector: 'v3',
    path: 'images/a.png',
  });
  expect(parseDrivePath('mnist')).toEqual({ dataset: 'mnist', selector: 'latest', path: '' });
  expect(parseDrivePath('mnist@raw/')).toEqual({ dataset: 'mnist', selector: 'raw', path: '' });
  expect(parseDrivePath('')).toBeNull();
  expect(() => parseDrivePath('Not a name/x')).toThrow();
});

test('what is opened is named as it is read', () => {
  const path = drivePathOf({ dataset: 'mnist', version: 2 }, 'a b/ä:1.csv');
  expect(path).toBe('Forebay:mnist@v2/a b/ä:1.csv');
  expect(parseDrivePath(path.slice('Forebay:'.length))).toEqual({
    dataset: 'mnist',
    selector: 'v2',
    path: 'a b/ä:1.csv',
  });
});
