import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mentionsIn } from './mentions.ts';
import { moduleNames } from './moduleNames.ts';
import { readPython } from './pythonText.ts';

function mentions(text: string) {
  const python = readPython(text);
  return mentionsIn(text, python, moduleNames([python])).map(({ kind, start, end }) => [
    kind,
    text.slice(start, end),
  ]);
}

describe('versions that a Python text names', () => {
  test('are those of mounts, files and addresses', () => {
    const code = `import forebay, pandas as pd
a = forebay.mount("chest-xray@v3")
b = forebay.mount('digits')
with forebay.open(ref="digits@raw/labels.csv") as file: pass
c = forebay.mount(
    r"digits@latest",  # the newest
    cache="fast",
)
d = pd.read_csv("forebay://digits@v2/labels.csv")
e = open("simplecache::forebay://digits/labels.csv")
`;
    expect(mentions(code)).toEqual([
      ['mount', 'chest-xray@v3'],
      ['mount', 'digits'],
      ['open', 'digits@raw'],
      ['mount', 'digits@latest'],
      ['address', 'digits@v2'],
      ['address', 'digits'],
    ]);
  });

  test('are those of magics, where IPython reads them', () => {
    expect(mentions('%forebay mount digits@v2\nx = %forebay mount digits\n%forebay runs digits')).toEqual([
      ['mount', 'digits@v2'],
      ['mount', 'digits'],
    ]);
    expect(mentions("%forebay mount it's@v1\nforebay.mount('a@v1')")).toEqual([['mount', 'a@v1']]);
    expect(mentions('%%bash\nforebay.mount("a@v1")')).toEqual([]);
    expect(mentions('%%time\nforebay.mount("a@v1")')).toEqual([['mount', 'a@v1']]);
  });

  test('stand in no comment, f-string, bytes, other text or half a string', () => {
    for (const code of [
      '# forebay.mount("a@v1")',
      '"""\nforebay.mount("a@v1")\n"""',
      `'forebay.mount("a@v1")'`,
      'forebay.mount(f"a@v{n}")',
      'forebay.mount(b"a@v1")',
      'forebay.mount("a@v1',
      'other.forebay.mount("a@v1")',
      'my_forebay.mount("a@v1")',
      'forebay.unmount("a@v1")',
      'forebay.mount("Not a name")',
    ]) {
      expect(mentions(code), code).toEqual([]);
    }
  });

  test('are found under whatever name the module was imported', () => {
    const own = 'import os, forebay as fb\nfrom forebay import (mount as m, open)\n';
    expect(mentions(`${own}fb.mount("a@v1"); m("b@v2"); open("c/d.csv"); mount("d@v1")`)).toEqual([
      ['mount', 'a@v1'],
      ['mount', 'b@v2'],
      ['open', 'c'],
    ]);
    expect(mentions('open("c/d.csv")')).toEqual([]);
  });
});

const quotedText = fc.string().map((text) => JSON.stringify(text).replaceAll('forebay', ''));
/** Whole statements of any content, none of which is ours. */
const statement = fc.oneof(
  quotedText.map((text) => `x = ${text}`),
  quotedText.map((text) => `x = f${text}`),
  fc.string().map((text) => `# ${text.replace(/[\r\n]/g, ' ')}`),
  fc.string().map((text) => `"""${text.replace(/["\\]/g, "'")}\nforebay.mount('no@v1')"""`),
  fc.constantFrom('def f(a): return a % 2', 'y = {"a": \'b\'}', "z = 'it\\'s'", '', 'if x:\n    pass'),
);

test('between any statements a mount is found where it stands, and no other', () => {
  fc.assert(
    fc.property(fc.array(statement), fc.array(statement), (before, after) => {
      const start = `${before.join('\n')}\n`;
      const text = `${start}p = forebay.mount("some-data@v7")\n${after.join('\n')}`;
      const python = readPython(text);
      expect(mentionsIn(text, python, moduleNames([python]))).toEqual([
        {
          kind: 'mount',
          name: 'some-data',
          selector: 'v7',
          start: start.length + 19,
          end: start.length + 31,
        },
      ]);
    }),
  );
});

test('any text is read to its end: strings lie apart, in order, and the code is as long', () => {
  const piece = fc.constantFrom(
    '"',
    "'",
    '"""',
    "'''",
    '\\',
    '#',
    '\n',
    'f"',
    'rb',
    '%forebay mount a',
    'x',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string())), (pieces) => {
      const text = pieces.join('');
      const { strings, code } = readPython(text);
      expect(code.length).toBe(text.length);
      let end = 0;
      for (const { start, contentStart, contentEnd } of strings) {
        expect(start).toBeGreaterThanOrEqual(end);
        expect(contentStart).toBeLessThanOrEqual(contentEnd);
        end = contentEnd;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }),
  );
});
