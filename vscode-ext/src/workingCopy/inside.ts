import path from 'node:path';

/** A file's path within a folder, as versions write it: `images/1.png`. Undefined of the folder itself and what lies outside. */
export function insideOf(folder: string, file: string): string | undefined {
  const inside = path.relative(folder, file).split(path.sep).join('/');
  return inside === '' || inside === '..' || inside.startsWith('../') || path.isAbsolute(inside)
    ? undefined
    : inside;
}
