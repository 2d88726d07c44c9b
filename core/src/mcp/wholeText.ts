/** UTF-8 text of bytes that may end within a character, which is left for the next part; null: it is no text. */
export function wholeText(bytes: Uint8Array, atEnd: boolean): { text: string; bytes: number } | null {
  if (bytes.includes(0)) return null;
  for (let cut = 0; cut <= (atEnd ? 0 : 3) && cut < Math.max(bytes.length, 1); cut++) {
    const part = bytes.subarray(0, bytes.length - cut);
    try {
      return {
        text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(part),
        bytes: part.length,
      };
    } catch {
      // Perhaps its last character goes on in the next part.
    }
  }
  return null;
}

/** Bytes of UTF-8's longest character. */
export const longestCharacter = 4;

/** Where the character begins that the byte at `at` belongs to; `at` itself where these bytes are no text. */
export function characterStart(bytes: Uint8Array, at: number): number {
  let start = at;
  while (start > 0 && at - start < longestCharacter - 1 && goesOn(bytes[start])) start--;
  return goesOn(bytes[start]) ? at : start;
}

const goesOn = (byte = 0) => (byte & 0b1100_0000) === 0b1000_0000;
