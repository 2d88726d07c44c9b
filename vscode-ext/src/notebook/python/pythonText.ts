/** A string of a Python text; positions count UTF-16 units. */
export interface PythonString {
  /** Where its prefix or first quote stands. */
  start: number;
  contentStart: number;
  contentEnd: number;
  /** In lower case: r, f, rb ... */
  prefix: string;
  /** False where its line or the text ends first, as while it is typed. */
  closed: boolean;
}

export interface PythonText {
  strings: PythonString[];
  /** As long as the text; strings, comments and magics are blank. */
  code: string;
  /** Lines of IPython's `%forebay`, without what stands before the `%`. */
  magics: { start: number; text: string }[];
}

const foreignCell = /^\s*%%(?!forebay\b|time\b|timeit\b|capture\b)/;
const magicLine = /(?:^|\n)[ \t]*(?:\w+[ \t]*=[ \t]*)?(%%?forebay(?=[ \t\r\n]|$)[^\n]*)/y;
const literal = /([rRbBuUfFtT]{0,2})("""|'''|"|')/y;

/** Where strings, comments and magics of a text lie. A cell of another language, as of `%%bash`, has none. */
export function readPython(text: string): PythonText {
  const strings: PythonString[] = [];
  const magics: PythonText['magics'] = [];
  const blank: [number, number][] = [];
  let at = foreignCell.test(text) ? text.length : 0;
  if (at > 0) blank.push([0, at]);
  while (at < text.length) {
    const magic = at === 0 || text[at] === '\n' ? matchAt(magicLine, text, at) : null;
    if (magic) {
      const end = at + magic[0].length;
      const start = end - (magic[1] ?? '').length;
      magics.push({ start, text: magic[1] ?? '' });
      blank.push([start, end]);
      at = end;
    } else if (text[at] === '#') {
      const end = lineEnd(text, at);
      blank.push([at, end]);
      at = end;
    } else if (/\w/.test(text[at] ?? '') && /\w/.test(text[at - 1] ?? '')) {
      at++;
    } else {
      const found = matchAt(literal, text, at);
      if (found) {
        const string = readString(text, at, found[1] ?? '', found[2] ?? '');
        strings.push(string);
        const end = string.contentEnd + (string.closed ? (found[2] ?? '').length : 0);
        blank.push([at, end]);
        at = end;
      } else at++;
    }
  }
  return { strings, magics, code: blanked(text, blank) };
}

function readString(text: string, start: number, prefix: string, quote: string): PythonString {
  const contentStart = start + prefix.length + quote.length;
  let at = contentStart;
  for (; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text.startsWith(quote, at)) break;
    else if (text[at] === '\n' && quote.length === 1) break;
  }
  const contentEnd = Math.min(at, text.length);
  const closed = text.startsWith(quote, contentEnd);
  return { start, contentStart, contentEnd, prefix: prefix.toLowerCase(), closed };
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

function blanked(text: string, parts: readonly [number, number][]): string {
  let code = '';
  let from = 0;
  for (const [start, end] of parts) {
    code += text.slice(from, start) + text.slice(start, end).replace(/[^\n]/g, ' ');
    from = end;
  }
  return code + text.slice(from);
}
