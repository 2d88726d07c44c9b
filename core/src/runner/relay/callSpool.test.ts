import { expect, test } from 'vitest';
import { CallSpool } from './callSpool.ts';

test('calls come out in their order, also those that come meanwhile, and where one fails it goes on with that one', async () => {
  const spool = new CallSpool();
  const sent: string[] = [];
  const add = (text: string) => spool.add({ path: '/a', body: Buffer.from(text) });
  const all = async ({ path, body }: { path: string; body: Uint8Array }) => {
    if (sent.length === 0) add('three, while they are sent');
    sent.push(`${path} ${Buffer.from(body)}`);
  };
  add('one');
  add('');
  const fails = async ({ body }: { body: Uint8Array }) => {
    if (body.length === 0) throw new Error('away');
  };
  await expect(spool.flush(fails)).rejects.toThrow('away');
  expect(spool.isEmpty).toBe(false);
  await spool.flush(all);
  expect(sent).toEqual(['/a ', '/a three, while they are sent']);
  expect(spool.isEmpty).toBe(true);
  add('four');
  await spool.flush(all);
  expect(sent.at(-1)).toBe('/a four');
  spool.close();
});
