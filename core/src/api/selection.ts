import { ForebayError } from './errors.ts';
import { formatRef } from './ref.ts';
import type { Selection } from './schemas.ts';

/** Globs as a person or a script wrote them. */
export interface SelectionRequest {
  include?: readonly string[] | undefined;
  exclude?: readonly string[] | undefined;
}

/** Each costs a comparison for each path of a version. */
export const mostGlobs = 200;
export const longestGlob = 1000;
/** Of all its globs, the braces written out. */
export const mostAlternatives = 1000;

/**
 * The part of a version that is asked for, in its canonical form (sorted, each glob once), so that equal selections
 * are equal; null for the whole. Throws `bad-request` for a glob that can't mean anything.
 */
export function selectionOf({ include = [], exclude = [] }: SelectionRequest): Selection | null {
  if (include.length + exclude.length > mostGlobs) {
    throw badGlobs(
      `At most ${mostGlobs} globs can be given at once.`,
      'Select a folder instead of its files.',
    );
  }
  const selection = { include: canonical(include), exclude: canonical(exclude) };
  return selection.include.length + selection.exclude.length === 0 ? null : selection;
}

function canonical(globs: readonly string[]): string[] {
  return [...new Set(globs.map(checkGlob))].sort();
}

/** One glob without what says nothing. Throws `bad-request`. */
export function checkGlob(written: string): string {
  const glob = written.replace(/^(\.\/+)+/, '').replace(/\/{2,}/g, '/');
  const problem = problemOf(glob);
  if (problem === undefined) return glob;
  throw badGlobs(
    `'${written}' ${problem}.`,
    "Globs name paths within the version, as in a .gitignore: 'images/**', '*.png', 'train/{a,b}/0?.jpg'.",
  );
}

function problemOf(glob: string): string | undefined {
  if (glob === '' || glob === '/') return 'selects nothing';
  if (glob.length > longestGlob) return `is longer than ${longestGlob} characters`;
  if (glob.includes('\0')) return 'contains a NUL character';
  if (glob.startsWith('!'))
    return "begins with '!', which these globs don't have: use the other of --include and --exclude";
  if (glob.split('/').some((step) => step === '.' || step === '..')) return "has '.' or '..' in it";
  const open = unclosed(glob);
  return open && `has a '${open}' that nothing closes (a file's own is written '\\${open}')`;
}

/** The bracket or brace that is still open at the end, or a backslash that escapes nothing. */
function unclosed(glob: string): string | undefined {
  let braces = 0;
  for (let at = 0; at < glob.length; at++) {
    const character = glob[at];
    if (character === '\\') {
      if (++at === glob.length) return '\\';
    } else if (character === '{') braces++;
    else if (character === '}') braces = Math.max(0, braces - 1);
    else if (character === '[') {
      const end = endOfClass(glob, at);
      if (end < 0) return '[';
      at = end;
    }
  }
  return braces > 0 ? '{' : undefined;
}

/** Where the class that begins at `start` ends; a `]` right at its start is one of its members. */
function endOfClass(glob: string, start: number): number {
  const first = /[!^]/.test(glob[start + 1] ?? '') ? start + 2 : start + 1;
  for (let at = first; at < glob.length; at++) {
    if (glob[at] === '\\') at++;
    else if (glob[at] === ']' && at > first) return at;
  }
  return -1;
}

function badGlobs(message: string, hint: string): ForebayError {
  return new ForebayError('bad-request', message, hint);
}

/** RFC 8785 text, which is equal where selections are; '' for the whole. */
export function selectionText(selection: Selection | null): string {
  if (selection === null) return '';
  return JSON.stringify({ exclude: selection.exclude, include: selection.include });
}

export function isSameSelection(a: Selection | null, b: Selection | null): boolean {
  return selectionText(a) === selectionText(b);
}

/** For people: 'images/**, *.txt without *.tmp'. */
export function describeSelection({ include, exclude }: Selection): string {
  const all = include.length > 0 ? include.join(', ') : 'all';
  return exclude.length > 0 ? `${all} without ${exclude.join(', ')}` : all;
}

/** 'mnist@v2', or 'mnist@v2 (part: images/**)'. */
export function formatPart(name: string, version: number, selection?: Selection | null): string {
  const ref = formatRef(name, version);
  return selection ? `${ref} (part: ${describeSelection(selection)})` : ref;
}

/** As options of a command, quoted for a shell: "--include 'images/**'". */
export function selectionOptions({ include, exclude }: Selection): string {
  const option = (name: string) => (glob: string) => `--${name} '${glob.replaceAll("'", "'\\''")}'`;
  return [...include.map(option('include')), ...exclude.map(option('exclude'))].join(' ');
}

/** What to say of a selection that no path of the version is in. */
export function nothingSelected(name: string, version: number, selection: Selection): ForebayError {
  return new ForebayError(
    'path-unknown',
    `Nothing of ${formatRef(name, version)} is selected by ${selectionOptions(selection)}.`,
    `See its paths with 'forebay data ls -r ${formatRef(name, version)}'; quote globs, so that the shell leaves them alone.`,
  );
}
