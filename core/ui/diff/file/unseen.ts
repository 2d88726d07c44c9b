const lineFeed = 10;
const byteOrderMark = [0xef, 0xbb, 0xbf];

const marked = (bytes: Uint8Array) => byteOrderMark.every((byte, at) => bytes[at] === byte);
const ended = (bytes: Uint8Array) => bytes.at(-1) === lineFeed;

/** Sentences on how two texts differ where no line shows it. `seen`: lines differ too. */
export function unseenDifferences(
  before: { name: string; bytes: Uint8Array },
  after: { name: string; bytes: Uint8Array },
  seen: boolean,
): string[] {
  if (before.bytes.length === 0 || after.bytes.length === 0) return [];
  const said: string[] = [];
  const only = (has: (bytes: Uint8Array) => boolean, sentence: (one: string, other: string) => string) => {
    if (has(before.bytes) === has(after.bytes)) return;
    const [one, other] = has(before.bytes) ? [before, after] : [after, before];
    said.push(sentence(one.name, other.name));
  };
  only(marked, (one, other) => `${one} begins with a byte order mark, ${other} doesn't.`);
  only(ended, (one, other) => `The last line of ${one} has a line end, that of ${other} hasn't.`);
  const { bytes } = after;
  const same = before.bytes.length === bytes.length && before.bytes.every((byte, at) => byte === bytes[at]);
  if (!seen && !same && said.length === 0) said.push('Only bytes differ that are no text.');
  return said;
}
