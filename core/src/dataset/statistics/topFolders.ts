import { comparePaths } from '../entry.ts';
import { addTo, type Counted, none } from './counted.ts';

/**
 * The folders of the first level that has several, with all below them: where everything lies in `data/images`, those in
 * it. `folders`: of the files directly in each, by path, '' for the top.
 */
export function topFolders(folders: ReadonlyMap<string, Counted>): (Counted & { path: string })[] {
  let below = foldersBelow(folders, '');
  for (;;) {
    const [only, ...others] = below.keys();
    if (only === undefined || others.length > 0 || folders.has(only)) break;
    below = foldersBelow(folders, `${only}/`);
  }
  const rows = [...below].map(([path, counted]) => ({ path, ...counted }));
  return rows.sort((a, b) => comparePaths(a.path, b.path));
}

function foldersBelow(folders: ReadonlyMap<string, Counted>, prefix: string): Map<string, Counted> {
  const below = new Map<string, Counted>();
  for (const [path, { files, bytes }] of folders) {
    if (path.length <= prefix.length || !path.startsWith(prefix)) continue;
    const slash = path.indexOf('/', prefix.length);
    const name = slash < 0 ? path : path.slice(0, slash);
    const counted = below.get(name) ?? none();
    below.set(name, counted);
    addTo(counted, bytes, files);
  }
  return below;
}
