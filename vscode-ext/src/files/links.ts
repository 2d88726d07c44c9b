import type { ContentPath } from './contentPath.ts';

/** What a text names, and where it does. */
export interface Link {
  start: number;
  length: number;
  content: ContentPath;
}

const name = String.raw`(?<![\w.@/-])([a-z0-9][a-z0-9._-]{0,62})@v([1-9]\d{0,9})(?![\w@-]|\.\w)`;
// As fsspec and Croissant write it: the path percent-encoded, so nothing that could end it is in it.
const address =
  /forebay:\/\/([a-z0-9][a-z0-9._-]{0,62})@v([1-9]\d{0,9})(?![\w@-]|\.\w)(?:\/([^\s"'`<>\\]*))?/g;
// As the command line writes it: the path as it is, up to a space.
const reference = new RegExp(`${name}(?::([^\\s"'\`<>]+))?`, 'g');

/** `forebay://NAME@v3/PATH` wherever it is in a text. */
export function addressesIn(text: string): Link[] {
  return Array.from(text.matchAll(address), (match) => linkOf(match, decoded));
}

/** What a terminal's line names: addresses, and `NAME@v3` or `NAME@v3:PATH`. */
export function linksInLine(line: string): Link[] {
  const addresses = addressesIn(line);
  const within = (at: number) => addresses.some(({ start, length }) => at >= start && at < start + length);
  const references = Array.from(line.matchAll(reference), (match) => linkOf(match, (path) => path));
  return [...addresses, ...references.filter(({ start }) => !within(start))];
}

function linkOf(match: RegExpMatchArray, read: (path: string) => string): Link {
  const [whole, dataset = '', version, written = ''] = match;
  // What ends a sentence or closes a bracket around the link is not the link's.
  const path = withoutTail(written);
  const link = whole.slice(0, whole.length - (written.length - path.length));
  const content = { dataset, version: Number(version), path: read(path).replace(/\/+$/, '') };
  return { start: match.index ?? 0, length: link.length, content };
}

function withoutTail(path: string): string {
  let end = path.replace(/[.,;:!?]+$/, '');
  for (const [open, close] of ['()', '[]', '{}']) {
    while (end.endsWith(close ?? '') && count(end, close) > count(end, open)) {
      end = end.slice(0, -1).replace(/[.,;:!?]+$/, '');
    }
  }
  return end;
}

const count = (text: string, letter = '') => text.split(letter).length - 1;

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
