import { readView } from '@forebay/core/ui/view';
import { expect, test } from 'vitest';
import { pageIcons } from '../../icons/pages.mts';

test('every kind of page has an icon of its own', () => {
  const pages = Object.keys(pageIcons);
  expect(pages.map((page) => readView(page)?.page)).toEqual(pages);
  expect(new Set(Object.values(pageIcons)).size).toBe(pages.length);
});
