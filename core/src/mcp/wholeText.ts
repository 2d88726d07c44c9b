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
