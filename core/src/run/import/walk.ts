import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Problems } from './problems.ts';

/** Deeper folders are made by accident or by ill will. */
const deepest = 32;

/** What lies in a folder, by name; nothing where there is no such folder, or only a link to one. */
export function entriesOf(folder: string): Dirent[] {
  try {
    if (isLink(folder)) return [];
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

const isLink = (path: string) => lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;

/** Every file below a folder, as a path from there with slashes; links are told as problems, not followed. */
export function* filesBelow(folder: string, problems: Problems, prefix = '', depth = 0): Generator<string> {
  if (depth > deepest) {
    problems.add(`${folder}: it is nested too deep, and was left out.`);
    return;
  }
  if (depth === 0 && isLink(folder)) problems.add(`${folder}: it is a link, and was left out.`);
  for (const entry of entriesOf(join(folder, prefix))) {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) yield* filesBelow(folder, problems, path, depth + 1);
    else if (entry.isFile()) yield path;
    else
      problems.add(
        `${join(folder, path)}: it is ${entry.isSymbolicLink() ? 'a link' : 'not a file'}, and was left out.`,
      );
  }
}
