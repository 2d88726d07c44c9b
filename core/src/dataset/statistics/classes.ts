import type { Counts } from '../../api/schemas.ts';
import { comparePaths } from '../entry.ts';
import { type Counted, sumOf } from './counted.ts';

/** More folders beside each other are hardly classes: patients, rather, or days. */
const most = 1000;

/**
 * Folders that say by their names what is in them: two or more beside each other, with files and without folders in
 * them, and next to nothing beside them. `train/cat` and `test/cat` are one class in two folders.
 * `folders`: of the files directly in each, by path, '' for the top.
 */
export function classesIn(folders: ReadonlyMap<string, Counted>): Counts['classes'] {
  const children = Map.groupBy(withThoseAround(folders.keys()), parentOf);
  const parents = [...children].filter(([parent, below]) => {
    const leaves = below.every((path) => !children.has(path));
    const beside = folders.get(parent)?.files ?? 0;
    return leaves && below.length >= 2 && below.length <= most && beside * 20 <= filesIn(folders, below);
  });
  const [main] = parents.sort(([, a], [, b]) => filesIn(folders, b) - filesIn(folders, a));
  if (!main) return null;
  const names = new Set(main[1].map(nameOf));
  const alike = parents.filter(
    ([, below]) => below.filter((path) => names.has(nameOf(path))).length * 2 > below.length,
  );
  const all = new Set(alike.flatMap(([, below]) => below.map(nameOf)));
  const items = [...all].sort(comparePaths).map((name) => {
    const counted = alike.map(
      ([parent]) => folders.get(parent === '' ? name : `${parent}/${name}`) ?? { files: 0, bytes: 0 },
    );
    return { name, perFolder: counted.map(({ files }) => files), ...sumOf(counted) };
  });
  return { folders: alike.map(([parent]) => parent), items };
}

/** Every folder but the top, those that hold nothing but folders too. */
function withThoseAround(paths: Iterable<string>): Set<string> {
  const all = new Set<string>();
  for (let path of paths) {
    for (; path !== '' && !all.has(path); path = parentOf(path)) all.add(path);
  }
  return all;
}

const parentOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')));
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

function filesIn(folders: ReadonlyMap<string, Counted>, paths: readonly string[]): number {
  return sumOf(paths.map((path) => folders.get(path) ?? { files: 0, bytes: 0 })).files;
}
