import { expect, test } from 'vitest';
import { fileType, isPicture } from './fileType.ts';

test('the ending of a name is its type, whatever its case', () => {
  const types = {
    'a/b.PNG': 'png',
    'a.tar.gz': 'gz',
    'm.safetensors': 'safetensors',
    'a.b/c': '',
    '.hidden': '',
  };
  for (const [path, type] of Object.entries({ ...types, 'a/.env': '', 'x.y z': '', 'x.': '', x: '' })) {
    expect(fileType(path), path).toBe(type);
  }
  expect([isPicture('a.Jpeg'), isPicture('a.dcm')]).toEqual([true, false]);
});
