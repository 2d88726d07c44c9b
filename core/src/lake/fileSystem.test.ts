import { expect, test } from 'vitest';
import { isNetworkFileSystem, isTemporary } from './fileSystem.ts';

const linux = process.platform === 'linux';

test.runIf(linux)('shared memory is temporary, also for a folder that is yet to be made', async () => {
  expect(await isTemporary('/dev/shm')).toBe(true);
  expect(await isTemporary('/dev/shm/forebay/not/there')).toBe(true);
});

test.runIf(linux)('a file system of the kernel itself is neither temporary nor on the network', async () => {
  expect(await isTemporary('/proc')).toBe(false);
  expect(await isNetworkFileSystem('/proc')).toBe(false);
  expect(await isNetworkFileSystem('/dev/shm')).toBe(false);
});
