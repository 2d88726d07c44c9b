import { describe, expect, test } from 'vitest';
import { checkLinks } from './links.ts';

const link = (path: string, target: string) => ({ path, target });

describe('links', () => {
  test.each([
    [[link('a', 'b')]],
    [[link('d/a', '../b')]],
    [[link('loop', 'loop')]],
    [[link('deep', 'x/y/z'), link('up', 'deep/../..')]],
  ])('that stay inside are made: %j', (links) => {
    expect(() => checkLinks(links)).not.toThrow();
  });

  test.each([
    [[link('a', '/etc/passwd')]],
    [[link('a', '..')]],
    [[link('d/a', '../../b')]],
    [[link('d/top', '..'), link('a', 'd/top/../x')]],
    [[link('d/e/top', '../..'), link('z', 'd/e/top/../secret')]],
  ])('that leave the tree, also through each other, are refused: %j', (links) => {
    expect(() => checkLinks(links)).toThrow(expect.objectContaining({ code: 'link-leaves' }));
  });

  test('to nowhere at all are refused', () => {
    expect(() => checkLinks([link('a', '')])).toThrow(expect.objectContaining({ code: 'bad-path' }));
  });
});
