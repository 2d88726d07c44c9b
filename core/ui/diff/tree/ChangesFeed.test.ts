import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ForebayError } from '../../../src/api/errors.ts';
import type { DiffEntries, DiffEntry } from '../../../src/api/schemas.ts';
import type { Client } from '../../../src/client/index.ts';
import { pageSize } from './Branch.ts';
import { ChangesFeed } from './ChangesFeed.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const count = 100_000;
const counts = { added: 0, changed: 0, removed: 0, moved: 0 };
const entry = (path: string, kind: 'folder' | 'change'): DiffEntry =>
  kind === 'folder'
    ? { kind, path, counts, bytes: { before: 0, after: 0 } }
    : { kind, path, is: 'added', from: null, before: null, after: null };

interface Asked {
  place: string;
  signal: AbortSignal;
  answer: () => void;
  fail: (error: unknown) => void;
}

/** 100,000 entries in each folder, the first of them folders; the test answers one by one. */
function feedOf(layout: 'tree' | 'list') {
  const asked: Asked[] = [];
  const diffEntries = (
    { folder = '', offset = 0, limit = 0 }: { folder?: string; offset?: number; limit?: number },
    signal: AbortSignal,
  ) =>
    new Promise<DiffEntries>((resolve, reject) => {
      const items = Array.from({ length: limit }, (_, nth) =>
        entry(`${folder}/${offset + nth}`, offset + nth < 3 ? 'folder' : 'change'),
      );
      const answer = () => resolve({ items, total: count } as DiffEntries);
      asked.push({ place: `${folder} ${offset}`, signal, answer, fail: reject });
    });
  const client = { versions: { diffEntries } } as unknown as Client;
  const query = { dataset: 'd', from: 'v1', to: 'v2', search: '', kinds: [], layout };
  const feed = new ChangesFeed(client, query, () => undefined);
  feed.need(0, 1);
  const places = () => asked.map(({ place }) => place);
  const waiting = () => asked.filter(({ signal }) => !signal.aborted);
  return { asked, feed, places, waiting };
}

const pass = (milliseconds = 1) => vi.advanceTimersByTimeAsync(milliseconds);

test('one page that failed is read again by itself, and at once by hand, wherever one is', async () => {
  const { asked, feed, places } = feedOf('list');
  asked[0]?.answer();
  await pass(100);
  feed.need(50_000, 50_030);
  asked[1]?.fail(new ForebayError('daemon-unreachable', 'Nobody answers.'));
  await pass();
  expect(feed.failure).not.toBeNull();
  await pass(2000);
  asked[2]?.fail(new ForebayError('daemon-unreachable', 'Nobody answers.'));
  await pass();
  feed.reload();
  asked[3]?.answer();
  await pass();
  expect(places()).toEqual([' 0', ' 50000', ' 50000', ' 50000']);
  expect([feed.failure, feed.root.line(50_010)?.entry?.path]).toEqual([null, '/50010']);
  await pass(5000);
  expect(asked).toHaveLength(4);
});

test('who drags past many pages asks for those at rest, and waits for no other', async () => {
  const { asked, feed, places, waiting } = feedOf('list');
  asked[0]?.answer();
  await pass(100);
  for (let at = 1000; at <= 90_000; at += 1000) feed.need(at, at + 30);
  await pass(150);
  expect(places()).toEqual([' 0', ' 1000', ' 90000']);
  expect(waiting().map(({ place }) => place)).toEqual([' 0', ' 90000']);
});

test('a bounded number of pages is kept', async () => {
  const { asked, feed } = feedOf('list');
  asked[0]?.answer();
  await pass(100);
  for (let at = 0; at < count; at += pageSize) {
    feed.need(at, at + 30);
    asked.at(-1)?.answer();
    await pass(100);
  }
  const known = Array.from({ length: count }, (_, at) => feed.root.entry(at)).filter(Boolean).length;
  expect(known).toBeLessThanOrEqual(10_000);
  expect(feed.root.entry(count - 1)).toBeDefined();
  expect(feed.root.length).toBe(count);
});

test('a folder that is closed while it is read, and opened again, is read', async () => {
  const { asked, feed, places } = feedOf('tree');
  asked[0]?.answer();
  await pass(100);
  feed.open(feed.root, 1);
  feed.close(feed.root, 1);
  feed.open(feed.root, 1);
  for (const { answer } of asked) answer();
  await pass();
  expect(places()).toEqual([' 0', '/1 0', '/1 0']);
  expect(feed.root.line(5)?.entry?.path).toBe('/1/3');
});
