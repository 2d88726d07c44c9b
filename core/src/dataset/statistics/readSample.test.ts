import { expect, test } from 'vitest';
import { ForebayError } from '../../api/errors.ts';
import type { FileEntry } from '../entry.ts';
import { keyOf } from '../names.ts';
import { changedLake, temporaryLake } from '../testing/lake.ts';
import { readSample } from './readSample.ts';

const bmp = Buffer.alloc(32);
bmp.write('BM');
bmp.writeUInt32LE(40, 14);
bmp.writeUInt32LE(4, 18);
bmp.writeUInt32LE(3, 22);

const file = (path: string, pack: string): FileEntry => ({
  ...{ kind: 'file', path, size: 32, executable: false, mtime: 0, sha256: '0'.repeat(64) },
  parts: [{ pack, offset: 0, length: 32, size: 32, codec: 'raw' }],
});

async function begin() {
  const lake = await temporaryLake();
  await lake.put(keyOf.pack('d', 'there'), bmp);
  const images = [file('a.bmp', 'there'), file('b.bmp', 'gone')];
  const chosen = { pictures: 2, images, grid: images, tables: [file('c.csv', 'gone')] };
  return { lake, chosen };
}
const { signal } = new AbortController();

test('a file that is damaged counts as failed, and costs nothing else', async () => {
  const { lake, chosen } = await begin();
  const { sample, unread } = await readSample(lake, 'd', chosen, signal);
  expect(sample.images).toMatchObject({
    read: 1,
    failed: 1,
    items: [{ path: 'a.bmp', width: 4, height: 3 }],
  });
  expect(sample.tables).toEqual([{ path: 'c.csv', size: 32, columns: [], rows: null, exact: false }]);
  expect(unread).toBe(2);
});

test('a lake that is away is no fault of its files', async () => {
  const { lake, chosen } = await begin();
  const away = changedLake(lake, {
    get: () => Promise.reject(new ForebayError('lake-unreachable', 'It is away.')),
  });
  await expect(readSample(away, 'd', chosen, signal)).rejects.toMatchObject({ code: 'lake-unreachable' });
});
