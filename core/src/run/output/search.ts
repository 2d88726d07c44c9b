import { open } from 'node:fs/promises';
import { printedLine } from '../../api/text/printedLine.ts';
import { outputPath } from './output.ts';

export interface OutputMatch {
  /** From 0. */
  line: number;
  /** Where the line begins, bytes. */
  at: number;
  text: string;
}

/** A page of a search: where to go on, and which line that is in. */
export interface OutputMatches {
  matches: OutputMatch[];
  next: number;
  line: number;
  size: number;
  /** Whether all was looked through that is there until now. */
  complete: boolean;
}

/** Bytes that are looked through at once: others wait meanwhile. */
const atOnce = 4 * 2 ** 20;
/** Characters of a line that are told. */
const mostText = 200;

/**
 * Lines that hold `words`, in any case, as they are shown; from byte `from` on, which is in line `line`. A line that is longer
 * than what is looked through at once is seen in parts, and may be told for each of them; one that still goes on is looked at
 * again by who goes on.
 */
export async function searchOutput(
  folder: string,
  runId: string,
  { words, from, line, most }: { words: string; from: number; line: number; most: number },
): Promise<OutputMatches> {
  const file = await open(outputPath(folder, runId), 'r').catch(() => undefined);
  if (!file) return { matches: [], next: from, line, size: 0, complete: true };
  try {
    const { size } = await file.stat();
    const wanted = Buffer.alloc(Math.max(0, Math.min(atOnce, size - from)));
    const { bytesRead } = await file.read(wanted, 0, wanted.length, from);
    const found = searchBytes(wanted.subarray(0, bytesRead), words.toLowerCase(), {
      most,
      toTheEnd: from + bytesRead >= size,
    });
    return {
      matches: found.matches.map((each) => ({ ...each, line: line + each.line, at: from + each.at })),
      ...{ next: from + found.next, line: line + found.line, size, complete: found.complete },
    };
  } finally {
    await file.close();
  }
}

/** As `searchOutput`, with places and lines counted from the first of these bytes. */
export function searchBytes(
  bytes: Buffer,
  low: string,
  { most, toTheEnd }: { most: number; toTheEnd: boolean },
): Omit<OutputMatches, 'size'> {
  const matches: OutputMatch[] = [];
  const possible = mayHold(bytes, low);
  let at = 0;
  let line = 0;
  const look = (to: number) => {
    if (!possible) return;
    const text = printedLine(bytes.toString('utf8', at, to));
    if (text.toLowerCase().includes(low)) matches.push({ line, at, text: text.slice(0, mostText) });
  };
  for (let end = bytes.indexOf(10); end >= 0 && matches.length < most; end = bytes.indexOf(10, at)) {
    look(end);
    at = end + 1;
    line++;
  }
  if (matches.length >= most) return { matches, next: at, line, complete: false };
  const open = at < bytes.length;
  if (toTheEnd) {
    if (open) look(bytes.length);
    return { matches, next: at, line, complete: true };
  }
  if (at > 0) return { matches, next: at, line, complete: false };
  look(bytes.length);
  // Words that lie across the end are seen with what follows.
  return { matches, next: bytes.length - Math.min(bytes.length - 1, 4 * low.length), line, complete: false };
}

/** What is shown is part of what was printed, but for what control sequences part. */
const mayHold = (bytes: Buffer, low: string) =>
  bytes.includes(0x1b) || bytes.toString('utf8').toLowerCase().includes(low);
