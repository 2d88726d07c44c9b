import { join } from 'node:path';
import type { Tag } from '../../tags.ts';
import type { Problems } from '../problems.ts';
import { readText } from '../readText.ts';
import { filesBelow } from '../walk.ts';

/** Parameters or tags: a file each, whose path is the key. */
export function readPairs(folder: string, problems: Problems): Tag[] {
  const pairs: Tag[] = [];
  for (const key of filesBelow(folder, problems)) {
    const path = join(folder, key);
    const value = problems.attempt(path, () => readText(path));
    if (value !== undefined) pairs.push({ key, value });
  }
  return pairs;
}
