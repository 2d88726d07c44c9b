import { useEffect, useState } from 'react';
import type { RunsClient } from '../../src/client/runs.ts';
import { useHost } from '../host.ts';
import { OutputLines } from './outputLines.ts';
import type { Match } from './useMatches.ts';

/** Bytes that are read before and after a line that was found. */
const before = 50_000;
const after = 100_000;

/** Lines around one that was found; `first`: the number of the first one, from 0. */
export interface Excerpt {
  first: number;
  lines: readonly string[];
}

/** Of a run's output the part around a match, as long as there is one; until it is read, the one before. */
export function useExcerpt(id: string, match: Match | undefined): Excerpt | undefined {
  const { client } = useHost();
  const [excerpt, setExcerpt] = useState<Excerpt & { of: string }>();
  const line = match?.line;
  const at = match?.at ?? 0;
  const isThere = line === undefined || (excerpt?.of === id && holds(excerpt, line));
  useEffect(() => {
    if (line === undefined || isThere) return;
    const end = new AbortController();
    void readExcerpt(client.runs, id, { line, at }, end.signal).then(
      (read) => setExcerpt({ ...read, of: id }),
      // The search says that the daemon is away.
      () => undefined,
    );
    return () => end.abort();
  }, [client, id, line, at, isThere]);
  return match && excerpt?.of === id ? excerpt : undefined;
}

export const holds = ({ first, lines }: Excerpt, line: number) =>
  line >= first && line < first + lines.length;

async function readExcerpt(
  runs: RunsClient,
  id: string,
  { line, at }: { line: number; at: number },
  signal: AbortSignal,
): Promise<Excerpt> {
  const from = Math.max(0, at - before);
  const [above, below] = await Promise.all([
    at === 0 ? { text: '' } : runs.output(id, from, signal, at - from),
    runs.output(id, at, signal, after),
  ]);
  signal.throwIfAborted();
  return excerptOf({ above: above.text, below: below.text, line, whole: from === 0 });
}

/** `whole`: what is above begins with the first line, else within one. */
export function excerptOf({ above, below, line, whole }: ExcerptText): Excerpt {
  const linesAbove = lineCount(above);
  const cut = whole || linesAbove === 0 ? 0 : 1;
  const text = above + below;
  const output = new OutputLines();
  output.add(text);
  const { all } = output;
  // Of very short lines not all are kept.
  const dropped = lineCount(text) + (text.endsWith('\n') ? 0 : 1) - all.length;
  const skipped = Math.max(0, cut - dropped);
  return { first: line - linesAbove + dropped + skipped, lines: all.slice(skipped) };
}

interface ExcerptText {
  above: string;
  below: string;
  /** Of the first one below. */
  line: number;
  whole: boolean;
}

const lineCount = (text: string) => text.split('\n').length - 1;
