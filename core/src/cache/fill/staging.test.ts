import { describe, expect, test } from 'vitest';
import { chooseStaging, type StagingFolder } from './staging.ts';

const wanted = { dataset: 'd', version: 1, part: null, digest: 'sha256:1', boot: 'now' };
const folder = (id: string, finished: number, fill: Partial<typeof wanted> | null = {}): StagingFolder => ({
  id,
  path: `/${id}`,
  finished,
  fill: fill && { ...wanted, ...fill },
});

describe('the staging folder to go on with', () => {
  test('is the one that got furthest', () => {
    expect(chooseStaging([folder('a', 1), folder('b', 7), folder('c', 3)], wanted)?.id).toBe('b');
  });

  test('is never one of an earlier boot, whose files may not have reached the disk', () => {
    expect(chooseStaging([folder('a', 9, { boot: 'before' })], wanted)).toBeUndefined();
  });

  test('is never one of other content, or of unknown', () => {
    const others = [folder('a', 9, { digest: 'sha256:2' }), folder('b', 9, null)];
    expect(chooseStaging(others, wanted)).toBeUndefined();
  });
});
