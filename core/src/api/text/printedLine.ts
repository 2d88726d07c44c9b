/** ECMA-48 control sequences (colours, cursor), and the links and titles that terminals know. */
const escapes = new RegExp(
  [String.raw`\x1b\[[0-?]*[ -/]*[@-~]`, String.raw`\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)`].join('|'),
  'g',
);

/** A line that was printed as a terminal would show it in the end: a progress bar is its last state. */
export function printedLine(line: string): string {
  const plain = line.includes('\x1b') ? line.replace(escapes, '') : line;
  if (!plain.includes('\r')) return plain;
  return plain.split('\r').findLast((part) => part !== '') ?? '';
}
