import { isUtf8 } from 'node:buffer';
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';

/** The largest text that a store has reason to keep in one file, a dataset's profile; bytes (mlflow/utils/validation.py). */
const longestText = 20_000_000;

/** A small text file. Throws, with a sentence, for a link, for what is no file, too large or not UTF-8. */
export function readText(path: string): string {
  const file = openPlain(path);
  try {
    const { size } = fstatSync(file);
    if (size > longestText) throw new Error(`it has ${size} bytes, which is too much to be right.`);
    const bytes = readFileSync(file);
    if (!isUtf8(bytes)) throw new Error('it is not text in UTF-8.');
    return bytes.toString('utf8');
  } finally {
    closeSync(file);
  }
}

/** Opens a file to read it, but no link (whoever made the store could point it anywhere) and nothing that would block. */
export function openPlain(path: string): number {
  const file = openWithoutLink(path);
  if (fstatSync(file).isFile()) return file;
  closeSync(file);
  throw new Error('it is not a file.');
}

function openWithoutLink(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ELOOP') throw new Error('it is a link, and links are not followed.');
    if (code === 'ENOENT') throw new Error('it is not there.');
    throw new Error(`it can't be opened (${code}).`);
  }
}
