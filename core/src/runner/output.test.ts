import { expect, test } from 'vitest';
import { OutputSpool } from './output.ts';

test('what could not be sent is sent the next time, from where it was', async () => {
  const spool = new OutputSpool();
  const got: [number, string][] = [];
  const send = async (at: number, bytes: Uint8Array) => {
    got.push([at, Buffer.from(bytes).toString()]);
  };
  spool.add(Buffer.from('one '));
  await expect(spool.flush(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
  spool.add(Buffer.from('two'));
  await spool.flush(send);
  await spool.flush(send);
  expect(got).toEqual([[0, 'one two']]);
  expect(spool.pending).toBe(0);
  spool.close();
});

test('output without end is cut, with a note', async () => {
  const spool = new OutputSpool();
  for (let i = 0; i < 12; i++) spool.add(Buffer.alloc(10_000_000, 120));
  let [bytes, last] = [0, ''];
  await spool.flush(async (_, piece) => {
    bytes += piece.length;
    last = Buffer.from(piece.subarray(-200)).toString();
  });
  expect(last).toMatch(/\n\[forebay: what follows is not recorded: more than 100 MB\]\n$/);
  expect(bytes).toBeLessThan(100_000_200);
  spool.close();
});
