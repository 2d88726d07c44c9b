import type { FileEntry } from '@forebay/core/api/schemas';

/** As many as Linux follows on the way of one path. */
const mostLinks = 40;

/**
 * What a path of a version stands for once its links are followed, those among its folders too; undefined where they
 * lead nowhere or round. `find` answers what is at a path itself; '' is the version's top, which no link leaves.
 */
export async function followLinks(
  path: string,
  find: (path: string) => Promise<FileEntry | undefined>,
): Promise<FileEntry | undefined> {
  const there = await find(path);
  if (there && there.kind !== 'link') return there;
  const place: string[] = [];
  const todo = stepsOf(path);
  let followed = 0;
  for (let step = todo.pop(); step !== undefined; step = todo.pop()) {
    if (step === '' || step === '.') continue;
    if (step === '..') {
      place.pop();
      continue;
    }
    const entry = await find([...place, step].join('/'));
    if (!entry) return undefined;
    if (entry.kind !== 'link') place.push(step);
    else if (++followed > mostLinks) return undefined;
    else todo.push(...stepsOf(entry.target ?? ''));
  }
  return find(place.join('/'));
}

/** The next one last. */
const stepsOf = (path: string) => path.split('/').reverse();
