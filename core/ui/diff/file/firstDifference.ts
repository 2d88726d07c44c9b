/** Where bytes begin to differ: undefined where one side is as the other as far as both go. */
export function differsAt(before: Uint8Array, after: Uint8Array): number | undefined {
  const shorter = Math.min(before.length, after.length);
  for (let at = 0; at < shorter; at++) if (before[at] !== after[at]) return at;
  return undefined;
}

export interface Found {
  /** Bytes from the beginning that are the same. */
  same: number;
  /** The byte at `same` differs, or one side ends there; else it wasn't looked further. */
  differs: boolean;
}

const step = 1 << 20;

/** The first byte that differs, read in ranges from both sides and no further than `most` bytes. */
export async function firstDifference(
  read: (side: 'before' | 'after', start: number, end: number) => Promise<Uint8Array>,
  sizes: { before: number; after: number },
  most: number,
): Promise<Found> {
  const shorter = Math.min(sizes.before, sizes.after);
  const end = Math.min(shorter, most);
  for (let start = 0; start < end; start += step) {
    const until = Math.min(end, start + step);
    const [old, now] = await Promise.all([read('before', start, until), read('after', start, until)]);
    const at = differsAt(old, now);
    if (at !== undefined) return { same: start + at, differs: true };
  }
  return { same: end, differs: end === shorter && sizes.before !== sizes.after };
}

export interface HexLine {
  /** Of its first byte. */
  offset: number;
  bytes: { hex: string; letter: string; marked: boolean }[];
}

const perLine = 16;

/** Bytes as lines of sixteen; those that `other` doesn't have at the same place are marked. */
export function hexLines(bytes: Uint8Array, other: Uint8Array, start: number): HexLine[] {
  const lines: HexLine[] = [];
  for (let at = 0; at < bytes.length; at += perLine) {
    const some = [...bytes.subarray(at, at + perLine)];
    lines.push({
      offset: start + at,
      bytes: some.map((byte, nth) => ({
        hex: byte.toString(16).padStart(2, '0'),
        letter: byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·',
        marked: other[at + nth] !== byte,
      })),
    });
  }
  return lines;
}
