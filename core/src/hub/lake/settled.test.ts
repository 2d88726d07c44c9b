import { expect, test, vi } from 'vitest';
import { Events } from '../events.ts';
import type { Catalog } from './catalog.ts';
import { settledVersions } from './settled.ts';

const numbered = (number: number) => ({ kind: 'number', number }) as const;

function counted() {
  const events = new Events();
  const version = vi.fn(async (name: string) => ({ name }));
  const find = settledVersions({ catalog: { version } as unknown as Catalog, events });
  return { events, version, find };
}

test('the lake is asked once for many files of a version, and each time for what moves', async () => {
  const { version, find } = counted();
  for (let i = 0; i < 5; i++) await find('digits', numbered(1));
  expect(version).toHaveBeenCalledTimes(1);
  await find('digits', numbered(2));
  expect(version).toHaveBeenCalledTimes(2);
  for (let i = 0; i < 3; i++) await find('digits', { kind: 'latest' });
  expect(version).toHaveBeenCalledTimes(5);
});

test('a change that this hub hears of, as a removal, is seen at once', async () => {
  const { events, version, find } = counted();
  await find('digits', numbered(1));
  events.emit('run', 'r1');
  await find('digits', numbered(1));
  expect(version).toHaveBeenCalledTimes(1);
  events.emit('dataset', 'digits');
  await find('digits', numbered(1));
  expect(version).toHaveBeenCalledTimes(2);
});

test('what is not there is asked for again', async () => {
  const { version, find } = counted();
  version.mockRejectedValueOnce(new Error('absent'));
  await expect(find('digits', numbered(9))).rejects.toThrow('absent');
  await find('digits', numbered(9));
  expect(version).toHaveBeenCalledTimes(2);
});
