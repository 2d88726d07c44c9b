import { type NamedContent, namedContent } from './namedContent.ts';

/** What a text names, and where it does. */
export interface Link {
  start: number;
  length: number;
  content: NamedContent;
}

// As fsspec and Croissant write it: the path percent-encoded, so nothing that could end it is in it.
const address = /forebay:\/\/([^\s"'`<>\\]+)/g;
// As the command line writes it: the path as it is, up to a space.
const reference =
  /(?<![\w.@/-])([a-z0-9][a-z0-9._-]*@[A-Za-z0-9][A-Za-z0-9._-]*)(?![\w.@-])(?::([^\s"'`<>]+))?/g;

/** `forebay://NAME[@SEL]/PATH` wherever it is in a text. */
export function addressesIn(text: string): Link[] {
  return Array.from(text.matchAll(address)).flatMap(({ index, 0: whole, 1: written = '' }) => {
    const kept = withoutTail(written);
    const slash = kept.indexOf('/');
    const [ref, path] = slash < 0 ? [kept, ''] : [kept.slice(0, slash), kept.slice(slash)];
    return linkOf(index, whole.length - (written.length - kept.length), ref, decoded(path));
  });
}

/** What a terminal's line names: addresses, and `NAME@SEL` or `NAME@SEL:PATH`, if there is such a dataset. */
export function linksInLine(line: string): Link[] {
  const addresses = addressesIn(line);
  const within = (at: number) => addresses.some(({ start, length }) => at >= start && at < start + length);
  const references = Array.from(line.matchAll(reference)).flatMap(
    ({ index, 0: whole, 1: ref = '', 2: path }) => {
      const written = path ?? ref;
      const kept = withoutTail(written);
      return linkOf(
        index,
        whole.length - (written.length - kept.length),
        path ? ref : kept,
        path ? kept : '',
      );
    },
  );
  return [...addresses, ...references.filter(({ start }) => !within(start))];
}

function linkOf(start: number, length: number, ref: string, path: string): Link[] {
  const content = namedContent(ref, path);
  return content ? [{ start, length, content }] : [];
}

/** What ends a sentence or closes a bracket around the link is not the link's. */
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
