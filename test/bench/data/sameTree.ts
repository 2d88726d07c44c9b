import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Compares two folders byte for byte, executable bits and links included, and counts the files; throws naming the
 * first path that differs. `.forebay` at the top is no content.
 */
export function assertSameTree(source: string, result: string): number {
  let files = 0;
  const visit = (inside: string): void => {
    const names = namesIn(join(source, inside), inside === '');
    const found = namesIn(join(result, inside), inside === '');
    for (const name of new Set([...names, ...found])) {
      const path = join(inside, name);
      if (!found.includes(name)) throw new Error(`${path} is missing from ${result}.`);
      if (!names.includes(name)) throw new Error(`${path} in ${result} is not in the source.`);
      if (kindOf(join(source, path)) === 'folder' && kindOf(join(result, path)) === 'folder') visit(path);
      else if (!sameFile(join(source, path), join(result, path)))
        throw new Error(`${path} in ${result} differs from the source.`);
      else files++;
    }
  };
  visit('');
  return files;
}

function namesIn(folder: string, top: boolean): string[] {
  const names = readdirSync(folder);
  return top ? names.filter((name) => name !== '.forebay') : names;
}

function kindOf(path: string): string {
  const stat = lstatSync(path);
  if (stat.isDirectory()) return 'folder';
  if (stat.isSymbolicLink()) return 'link';
  return stat.mode & 0o100 ? 'executable' : 'file';
}

function sameFile(a: string, b: string): boolean {
  const kind = kindOf(a);
  if (kind !== kindOf(b)) return false;
  if (kind === 'link') return readlinkSync(a) === readlinkSync(b);
  return readFileSync(a).equals(readFileSync(b));
}
