import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ForebayError } from '../../src/api/errors.ts';
import type { ChangeEvent, Run } from '../../src/api/schemas.ts';
import type { Client } from '../../src/client/client.ts';
import { runsSource } from '../runs/runsSource.ts';
import { exampleRun } from '../testing.ts';
import { ListFeed } from './ListFeed.ts';

type Query = Parameters<Client['runs']['list']>[0];

/** A hub that holds runs, and notes what it was asked. */
class Hub {
  runs: Run[] = [];
  broken: ForebayError | null = null;
  readonly asked: Query[] = [];
  #hear: (event: ChangeEvent) => void = () => undefined;

  get client(): Client {
    const list = async (query: Query = {}) => {
      this.asked.push(query);
      if (this.broken) throw this.broken;
      const ids = query.filter?.match(/run_id IN \((.*)\)/)?.[1]?.split(', ');
      const all = ids ? this.runs.filter(({ id }) => ids.includes(`'${id}'`)) : this.runs;
      const from = Number(query.cursor ?? 0);
      const to = from + (query.limit ?? 100);
      return { items: all.slice(from, to), next: to < all.length ? String(to) : null };
    };
    const subscribe = async (hear: (event: ChangeEvent) => void) => {
      this.#hear = hear;
    };
    return { runs: { list }, events: { subscribe } } as unknown as Client;
  }

  tell(kind: ChangeEvent['kind'], subject = ''): void {
    this.#hear({ id: 1, kind, subject });
  }
}

let hub: Hub;
const feedOf = (filter = '', before: readonly Run[] = []) => {
  const feed = new ListFeed(
    hub.client,
    runsSource(hub.client, { experiment: '', filter, deleted: false }),
    before,
  );
  feed.start();
  return feed;
};
const names = (feed: ListFeed<Run>) => feed.snapshot.items.map(({ name }) => name);

beforeEach(() => {
  vi.useFakeTimers();
  hub = new Hub();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the first page is there before the others, and in the end all runs are', async () => {
  hub.runs = Array.from({ length: 1500 }, (_, nth) => exampleRun(String(nth)));
  const feed = feedOf();
  const counts: number[] = [];
  feed.listen(() => counts.push(feed.snapshot.items.length));
  await vi.advanceTimersByTimeAsync(10);
  expect(counts).toEqual([100, 1100, 1500]);
  expect(feed.snapshot.complete).toBe(true);
});

test('what changed is read by itself: new runs come first, others stay in place, what fits no more goes', async () => {
  hub.runs = ['a', 'b', 'c'].map((id) => exampleRun(id));
  const feed = feedOf("params.model = 'cnn'");
  await vi.advanceTimersByTimeAsync(10);
  hub.runs = [exampleRun('d'), exampleRun('a', { name: 'renamed' }), exampleRun('c')];
  for (const id of ['a', 'b', 'd', 'a']) hub.tell('run', id);
  await vi.advanceTimersByTimeAsync(200);
  expect(names(feed)).toEqual(['run-d', 'renamed', 'run-c']);
  expect(hub.asked).toHaveLength(2);
  expect(hub.asked[1]?.filter).toBe("params.model = 'cnn' and attributes.run_id IN ('a', 'b', 'd')");
});

test('while the hub is away what is known stays, and it is asked until it answers', async () => {
  hub.runs = [exampleRun('a')];
  const feed = feedOf();
  await vi.advanceTimersByTimeAsync(10);
  hub.broken = new ForebayError('daemon-unreachable', 'away');
  hub.tell('reset');
  await vi.advanceTimersByTimeAsync(5000);
  expect(names(feed)).toEqual(['run-a']);
  expect(feed.snapshot.failure?.error.code).toBe('daemon-unreachable');
  hub.broken = null;
  hub.runs = [exampleRun('b')];
  await vi.advanceTimersByTimeAsync(3000);
  expect([names(feed), feed.snapshot.failure]).toEqual([['run-b'], null]);
});

test('a filter that is wrong is asked once, and what was shown stays', async () => {
  hub.broken = new ForebayError('bad-request', 'not a filter');
  const feed = feedOf('metrics.loss >', [exampleRun('a')]);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(names(feed)).toEqual(['run-a']);
  expect(hub.asked).toHaveLength(1);
});

test('nothing is told after its end', async () => {
  hub.runs = [exampleRun('a')];
  const feed = feedOf();
  const told = vi.fn();
  feed.listen(told);
  feed.dispose();
  await vi.advanceTimersByTimeAsync(1000);
  expect(told).not.toHaveBeenCalled();
});
