/** Before a number that is kept as a text: a character for private use. */
const mark = '\uE0F1';

/** JSON, of which those numbers are texts that JavaScript would write otherwise: many digits, `1.0`, `1e-5`. */
export function parseWritten(text: string): unknown {
  // No JSON is none with texts in it either.
  JSON.parse(text);
  return JSON.parse(
    text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) =>
      token.startsWith('"') || String(Number(token)) === token ? token : JSON.stringify(mark + token),
    ),
  );
}

/** A text or JSON with the numbers in it as they were written. */
export const asWritten = (text: string): string =>
  text.replace(new RegExp(`"${mark}([^"]*)"|${mark}`, 'g'), (_, number: string | undefined) => number ?? '');
