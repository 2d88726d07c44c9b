import { expect, test, vi } from 'vitest';
import type { FileEntry, FilesPage } from '../../src/api/schemas.ts';
import type { Client, FilesRequest } from '../../src/client/index.ts';
import { FilesFeed, pageSize } from './FilesFeed.ts';

const count = 100_000;
const entry = (at: number): FileEntry => ({ path: `images/${at}.png`, kind: 'file', size: at });

/** A folder whose answers are given by the test, one by one. */
function folder(answer: (request: FilesRequest) => Partial<FilesPage> = () => ({}), search = '') {
  const asked: { offset: number; signal: AbortSignal; answer: () => void }[] = [];
  const files = (_: string, __: string, request: FilesRequest, signal: AbortSignal) =>
    new Promise<FilesPage>((resolve) => {
      const { offset = 0, limit = 0 } = request;
      const items = Array.from({ length: Math.min(limit, count - offset) }, (_, nth) => entry(offset + nth));
      const page = { items, next: null, total: count, complete: true, ...answer(request) };
      asked.push({ offset, signal, answer: () => resolve(page) });
    });
  const client = { versions: { files } } as unknown as Client;
  const wanted = { dataset: 'd', version: 1, folder: 'images', search, sort: 'name' as const };
  return { asked, feed: new FilesFeed(client, wanted) };
}

const delay = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const settle = () => new Promise((resolve) => setTimeout(resolve));

test('any row is there with one question for the page that it is in', async () => {
  const { asked, feed } = folder();
  feed.look(70_010, 70_030);
  asked[0]?.answer();
  await settle();
  expect(asked.map(({ offset }) => offset)).toEqual([70_000]);
  expect(feed.row(70_020)).toEqual(entry(70_020));
  expect(feed.row(5)).toBeUndefined();
  expect(feed.snapshot.total).toBe(count);
});

test('what has scrolled away is waited for no more, and is not asked for twice while it is read', async () => {
  const { asked, feed } = folder();
  feed.look(0, 30);
  feed.look(10, 40);
  expect(asked).toHaveLength(1);
  await delay(120);
  feed.look(50_000, 50_030);
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
});

test('a list that is dragged past many pages asks for those where it comes to rest', async () => {
  const { asked, feed } = folder();
  feed.look(0, 30);
  for (let at = 1000; at <= 90_000; at += 1000) feed.look(at, at + 30);
  await delay(150);
  expect(asked.map(({ offset }) => offset)).toEqual([0, 1000, 90_000]);
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true, false]);
});

test('a list that is scrolled from end to end keeps a bounded number of rows', async () => {
  vi.useFakeTimers();
  try {
    const { asked, feed } = folder();
    for (let at = 0; at < count; at += pageSize) {
      feed.look(at, at + 30);
      asked.at(-1)?.answer();
      await vi.advanceTimersByTimeAsync(100);
    }
    const known = Array.from({ length: count }, (_, at) => feed.row(at)).filter(Boolean).length;
    expect(asked.length).toBe(count / pageSize);
    expect(known).toBeGreaterThan(0);
    expect(known).toBeLessThanOrEqual(10_000);
  } finally {
    vi.useRealTimers();
  }
});

test('what is known so far is shown, and asked for again until all is', async () => {
  vi.useFakeTimers();
  try {
    let complete = false;
    const { asked, feed } = folder(() => (complete ? { total: 99_990 } : { complete: false }));
    feed.look(0, 30);
    asked[0]?.answer();
    await vi.advanceTimersByTimeAsync(1);
    expect(feed.snapshot).toMatchObject({ total: count, complete: false });
    expect(feed.row(3)).toEqual(entry(3));
    complete = true;
    await vi.advanceTimersByTimeAsync(300);
    asked[1]?.answer();
    await vi.advanceTimersByTimeAsync(1);
    expect(feed.snapshot).toMatchObject({ total: 99_990, complete: true });
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked).toHaveLength(2);
  } finally {
    vi.useRealTimers();
  }
});

test('of letters typed one after the other only all of them lead somewhere', async () => {
  const { asked, feed } = folder(({ begins = '' }) => ({ offset: begins.length }));
  const found = [feed.find('0'), feed.find('02'), feed.find('021')];
  for (const each of [...asked].reverse()) each.answer();
  expect(await Promise.all(found)).toEqual([undefined, undefined, 3]);
});

test("while a search is shown letters lead nowhere: the folder's places aren't its own", async () => {
  const { asked, feed } = folder(() => ({ offset: 7 }), 'scan');
  const found = feed.find('a');
  for (const each of asked) each.answer();
  expect(await found).toBeUndefined();
});
