import { ForebayError } from '../../src/api/errors.ts';
import { longestGlob, mostAlternatives, mostGlobs } from '../../src/api/selection.ts';

/**
 * Globs of exactly these paths and what lies below them: a path each, or, where those would be too many, a folder's
 * together in braces. Throws `bad-request` for more than the hub takes.
 */
export function globsOfPaths(paths: readonly string[]): string[] {
  if (paths.length <= mostGlobs) return paths.map(plain);
  const globs = paths.length <= mostAlternatives ? inBraces(paths) : [];
  if (globs.length > 0 && globs.length <= mostGlobs) return globs;
  throw new ForebayError(
    'bad-request',
    `${paths.length.toLocaleString('en-US')} files and folders are too many to name one by one.`,
    'Tick whole folders, or write globs.',
  );
}

const escaped = (path: string): string => path.replaceAll(/[\\*?[\]{}]/g, '\\$&');
const plain = (path: string): string => `/${escaped(path)}`;

function inBraces(paths: readonly string[]): string[] {
  // Writing braces out takes one backslash away: what needs two stands alone.
  const alone = paths.filter((path) => path.includes('\\'));
  const folders = Map.groupBy(
    paths.filter((path) => !path.includes('\\')),
    (path) => path.slice(0, path.lastIndexOf('/') + 1),
  );
  return [
    ...alone.map(plain),
    ...[...folders].flatMap(([folder, inside]) =>
      bracesOf(
        plain(folder),
        inside.map((path) => escaped(path.slice(folder.length))),
      ),
    ),
  ];
}

/** As many of a folder's names in one glob as its length allows. */
function bracesOf(folder: string, names: readonly string[]): string[] {
  const room = longestGlob - `${folder}{}`.length;
  const lists: string[][] = [];
  let length = Infinity;
  for (const name of names) {
    const takes = name.replaceAll(',', '\\,').length;
    length += takes + 1;
    if (length > room) {
      lists.push([]);
      length = takes;
    }
    lists.at(-1)?.push(name);
  }
  return lists.map((list) =>
    // Braces around one name would be the name's own.
    list.length === 1
      ? `${folder}${list[0]}`
      : `${folder}{${list.map((name) => name.replaceAll(',', '\\,')).join(',')}}`,
  );
}
