import { expect, test } from 'vitest';
import { readBody } from './body.ts';

const send = (body: string | ReadableStream, length?: number) =>
  new Request('http://x/', {
    method: 'POST',
    body,
    headers: length === undefined ? {} : { 'content-length': String(length) },
    duplex: 'half',
  } as RequestInit);

/** So many pieces of 10 bytes, and how many were taken. */
function pieces(count: number) {
  let taken = 0;
  const stream = new ReadableStream(
    {
      pull(controller) {
        if (taken === count) return controller.close();
        taken += 1;
        controller.enqueue(new TextEncoder().encode('0123456789'));
      },
    },
    { highWaterMark: 0 },
  );
  return { stream, taken: () => taken };
}

test('a body is read to its end, whether its length is said or not', async () => {
  expect(Buffer.from((await readBody(send('four', 4), 4)) ?? []).toString()).toBe('four');
  expect((await readBody(send(pieces(10).stream), 100))?.length).toBe(100);
  expect(await readBody(new Request('http://x/', { method: 'POST' }), 4)).toEqual(Buffer.alloc(0));
});

test('one that is too long is taken from who sends it, and dropped', async () => {
  for (const length of [undefined, 110]) {
    const { stream, taken } = pieces(11);
    expect(await readBody(send(stream, length), 100)).toBeUndefined();
    expect(taken()).toBe(11);
  }
});
