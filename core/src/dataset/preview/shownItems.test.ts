import { expect, test } from 'vitest';
import { ShownItems } from './shownItems.ts';

test('a folder stands for what differs below it', () => {
  const itemsIn = (folder: string) => {
    const items = new ShownItems(folder);
    items.add({ path: 'a/1', is: 'added' });
    items.add({ path: 'a/2', is: 'added' });
    items.add({ path: 'b/1', is: 'added' });
    items.add({ path: 'b/2', is: 'removed' });
    items.add({ path: 'c', is: 'changed' });
    return items.all();
  };
  expect(itemsIn('')).toEqual([
    { name: 'a', is: 'added', count: 2 },
    { name: 'b', is: 'changed', count: 2 },
    { name: 'c', is: 'changed', count: 1 },
  ]);
  expect(itemsIn('b')).toEqual([
    { name: '1', is: 'added', count: 1 },
    { name: '2', is: 'removed', count: 1 },
  ]);
});
