import { calledFunction, type ModuleNames } from './moduleNames.ts';
import type { PythonString, PythonText } from './pythonText.ts';

/** A version that a Python text names. */
export interface Mention {
  /** mount: the kernel keeps it; open: one file; address: fsspec's `forebay://`; magic: another `%forebay` command. */
  kind: 'mount' | 'open' | 'address' | 'magic';
  name: string;
  /** What follows @; null: nothing, which means the newest. */
  selector: string | null;
  /** Of NAME@SEL in the text, in UTF-16 units. */
  start: number;
  end: number;
}

const ref = /^([a-z0-9][a-z0-9._-]{0,62})(?:@([A-Za-z0-9._-]+))?(?=$|[:/])/;
const address = /^(?:[\w+]+::)*forebay:\/\//;
const magic = /^%%?forebay[ \t]+(\w+)[ \t]+(?:-[^ \t]+[ \t]+)*/;
/** Magics whose first word is a version. */
const magics = new Set([
  'mount',
  'cache',
  'uncache',
  'pin',
  'unpin',
  'describe',
  'diff',
  'files',
  'lineage',
  'ls',
]);

/** In the order of the text. What is put together as the program runs, as an f-string, is left alone. */
export function mentionsIn(text: string, python: PythonText, names: ModuleNames): Mention[] {
  const inStrings = python.strings.map((string) => ofString(text, string, python.code, names));
  const inMagics = python.magics.map((line) => {
    const found = magic.exec(line.text);
    if (!found || !magics.has(found[1] ?? '')) return undefined;
    const word = line.text.slice(found[0].length).split(/\s/)[0] ?? '';
    const kind = found[1] === 'mount' ? 'mount' : 'magic';
    return ofRef(kind, word, line.start + found[0].length);
  });
  const all = [...inStrings, ...inMagics].filter((one) => one !== undefined);
  return all.sort((a, b) => a.start - b.start);
}

function ofString(
  text: string,
  { start, contentStart, contentEnd, prefix, closed }: PythonString,
  code: string,
  names: ModuleNames,
): Mention | undefined {
  if (!closed || /[fbt]/.test(prefix)) return undefined;
  const content = text.slice(contentStart, contentEnd);
  const before = address.exec(content)?.[0];
  if (before !== undefined)
    return ofRef('address', content.slice(before.length), contentStart + before.length);
  const called = calledFunction(code.slice(Math.max(0, start - 300), start), names);
  if (called !== 'mount' && called !== 'open') return undefined;
  return ofRef(called, content, contentStart);
}

function ofRef(kind: Mention['kind'], text: string, start: number): Mention | undefined {
  const [whole, name, selector] = ref.exec(text) ?? [];
  if (whole === undefined || name === undefined) return undefined;
  return { kind, name, selector: selector ?? null, start, end: start + whole.length };
}
