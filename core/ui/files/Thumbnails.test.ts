import { afterEach, expect, test, vi } from 'vitest';
import { ForebayError } from '../../src/api/errors.ts';
import type { Client } from '../../src/client/client.ts';
import { Thumbnails } from './Thumbnails.ts';

afterEach(() => vi.unstubAllGlobals());

test('a picture that could not be read is read the next time, one that could not be drawn is not', async () => {
  const drawn = { width: 10, height: 10, close: () => undefined };
  let draw = async (): Promise<unknown> => drawn;
  vi.stubGlobal('createImageBitmap', () => draw());
  const content = vi.fn<() => Promise<Uint8Array>>(async () => new Uint8Array());
  content.mockRejectedValueOnce(new ForebayError('daemon-unreachable', 'Nobody answers.'));
  const thumbnails = new Thumbnails({ versions: { content } } as unknown as Client, 'd', 1);
  const { signal } = new AbortController();
  expect([await thumbnails.read('a.png', signal), thumbnails.known('a.png')]).toEqual([null, undefined]);
  expect([await thumbnails.read('a.png', signal), thumbnails.known('a.png')]).toEqual([drawn, drawn]);
  draw = () => Promise.reject(new Error('no picture'));
  expect([await thumbnails.read('b.png', signal), thumbnails.known('b.png')]).toEqual([null, null]);
});
