import { describe, expect, test } from 'vitest';
import { PagedList } from './pagedList.ts';

function listOf(numbers: number[], limit = 2) {
  let reads = 0;
  const list = new PagedList<number>(limit, async ({ cursor, limit: count = 10 }) => {
    reads++;
    const start = Number(cursor ?? 0);
    const end = start + count;
    return { items: numbers.slice(start, end), next: end < numbers.length ? String(end) : null };
  });
  return { list, numbers, reads: () => reads };
}

describe('a paged list', () => {
  test('shows one page and says that there is more', async () => {
    const { list, reads } = listOf([1, 2, 3]);
    expect(await list.load()).toEqual([1, 2]);
    expect(list.more).toBe(true);
    await list.load();
    expect(reads()).toBe(1);
  });

  test('shows the rest when asked, and then says that there is no more', async () => {
    const { list } = listOf([1, 2, 3]);
    await list.load();
    await list.showMore();
    await list.showMore();
    expect(list.items).toEqual([1, 2, 3]);
    expect(list.more).toBe(false);
  });

  test('reads again as much as is shown', async () => {
    const { list, numbers } = listOf([1, 2, 3, 4, 5]);
    await list.load();
    await list.showMore();
    numbers.unshift(0);
    await list.reload();
    expect(list.items).toEqual([0, 1, 2, 3]);
    expect(list.more).toBe(true);
  });

  test('goes on until what is wanted is there, and no further', async () => {
    const { list, reads } = listOf([1, 2, 3, 4, 5, 6, 7]);
    expect(await list.reach((item) => item === 3)).toBe(true);
    expect(list.items).toEqual([1, 2, 3, 4]);
    expect(await list.reach((item) => item === 4)).toBe(true);
    expect(reads()).toBe(2);
    expect(await list.reach((item) => item === 9)).toBe(false);
  });

  test('tries again after a failure', async () => {
    let fail = true;
    const list = new PagedList<number>(2, async () => {
      if (fail) throw new Error('offline');
      return { items: [1], next: null };
    });
    await expect(list.load()).rejects.toThrow('offline');
    fail = false;
    expect(await list.load()).toEqual([1]);
  });
});
