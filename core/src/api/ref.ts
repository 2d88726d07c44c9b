import { ForebayError } from './errors.ts';

/** Which version of a dataset is meant. */
export type Selector =
  | { kind: 'latest' }
  | { kind: 'number'; number: number }
  | { kind: 'tag'; tag: string }
  | { kind: 'digest'; prefix: string };

/** `NAME[@SEL][:PATH]`, taken apart. `path` is '' for the whole version. */
export interface Ref {
  name: string;
  selector: Selector;
  path: string;
}

const namePattern = /^[a-z0-9][a-z0-9._-]{0,62}$/;
const tagPattern = /^[A-Za-z][A-Za-z0-9._-]{0,62}$/;

/** Of a dataset or a cache. */
export const isName = (text: string): boolean => namePattern.test(text);

export function checkName(name: string): string {
  if (!isName(name)) {
    throw new ForebayError(
      'bad-name',
      `'${name}' can't be a dataset's name.`,
      'Use 1 to 63 lower-case letters, digits, dots, hyphens and underscores, beginning with a letter or digit.',
    );
  }
  return name;
}

export function checkTag(tag: string): string {
  if (!tagPattern.test(tag) || /^(latest|v\d+|sha256-.*)$/.test(tag)) {
    throw new ForebayError(
      'bad-name',
      `'${tag}' can't be a tag.`,
      "Begin with a letter, go on with letters, digits, dots, hyphens and underscores; 'latest', 'v1' and 'sha256-...' are taken.",
    );
  }
  return tag;
}

export function parseSelector(text: string): Selector {
  if (text === 'latest') return { kind: 'latest' };
  const number = /^v([1-9]\d{0,9})$/.exec(text);
  if (number) return { kind: 'number', number: Number(number[1]) };
  const digest = /^sha256-([0-9a-f]{8,64})$/.exec(text);
  if (digest) return { kind: 'digest', prefix: digest[1] ?? '' };
  if (tagPattern.test(text) && !/^(v\d+|sha256-.*)$/.test(text)) return { kind: 'tag', tag: text };
  throw new ForebayError(
    'bad-name',
    `'@${text}' doesn't name a version.`,
    'Write @v3, @latest, @TAG or @sha256- followed by at least 8 hexadecimal digits.',
  );
}

export function formatSelector(selector: Selector): string {
  switch (selector.kind) {
    case 'latest':
      return 'latest';
    case 'number':
      return `v${selector.number}`;
    case 'tag':
      return selector.tag;
    case 'digest':
      return `sha256-${selector.prefix}`;
  }
}

/** Parses `NAME[@SEL][:PATH]`; a bare NAME means `@latest`. Throws `bad-name`. */
export function parseRef(text: string): Ref {
  const colon = text.indexOf(':');
  const whole = colon < 0 ? text : text.slice(0, colon);
  const path = colon < 0 ? '' : text.slice(colon + 1);
  const at = whole.indexOf('@');
  const name = checkName(at < 0 ? whole : whole.slice(0, at));
  const selector = at < 0 ? ({ kind: 'latest' } as const) : parseSelector(whole.slice(at + 1));
  return { name, selector, path };
}

export function formatRef(name: string, version: number): string {
  return `${name}@v${version}`;
}
