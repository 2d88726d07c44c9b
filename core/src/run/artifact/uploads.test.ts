import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadableStream } from 'node:stream/web';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { completeUpload, createUpload, sweepUploads, writePart } from './uploads.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fb-uploads-'));
});
afterEach(() => rm(folder, { recursive: true }));

const target = '0/run/artifacts/a.bin';
const bytes = (text: string) => new Blob([text]).stream() as ReadableStream;
const left = () => readdir(join(folder, 'uploads'));

test('an upload that nobody went on with for a day is removed, one that goes on is not', async () => {
  const id = await createUpload(folder, { target, parts: 1 });
  const hours = 3_600_000;
  await sweepUploads(folder, Date.now() + 23 * hours);
  const digest = await writePart(folder, id, 1, bytes('one'));
  expect(await left()).toHaveLength(1);
  await sweepUploads(folder, Date.now() + 25 * hours);
  expect(await left()).toEqual([]);
  await expect(completeUpload(folder, id, target, [{ part: 1, digest }])).rejects.toThrow('no such upload');
});

test('its id, by which anybody may send parts, stands nowhere on disk', async () => {
  const id = await createUpload(folder, { target, parts: 1 });
  const [name = ''] = await left();
  const written = await readFile(join(folder, 'uploads', name, 'upload.json'), 'utf8');
  expect(name + written).not.toContain(id);
});

test('a part that breaks off leaves nothing, however many do at once', async () => {
  const id = await createUpload(folder, { target, parts: 1 });
  const broken = () =>
    new globalThis.ReadableStream({
      start: (controller) => controller.enqueue(Buffer.from('half')),
      pull: (controller) => controller.error(new Error('gone')),
    }) as ReadableStream;
  const parts = Array.from({ length: 100 }, () => writePart(folder, id, 1, broken()));
  for (const each of await Promise.allSettled(parts)) {
    expect(each).toMatchObject({ status: 'rejected', reason: { message: 'gone' } });
  }
  const [name = ''] = await left();
  expect(await readdir(join(folder, 'uploads', name))).toEqual(['upload.json']);
});

test('a file of no parts is empty, and nothing is left of its upload', async () => {
  const id = await createUpload(folder, { target, parts: 0 });
  await completeUpload(folder, id, target, []);
  expect(await readFile(join(folder, 'artifacts', target), 'utf8')).toBe('');
  expect(await left()).toEqual([]);
});
