import { useEffect, useRef, useState } from 'react';
import type { RunOutputMatches } from '../../src/api/schemas.ts';
import { useHost } from '../host.ts';

export type Match = RunOutputMatches['matches'][number];

export interface Matches {
  all: readonly Match[];
  /** False while more is looked through. */
  complete: boolean;
  /** Why not all could be looked through. */
  problem: string | null;
}

/** More than this are not looked for. */
export const mostMatches = 10_000;
/** Milliseconds that words rest before they are looked for. */
const rest = 200;

const none: Matches = { all: [], complete: true, problem: null };

/** Lines of all that a run printed which hold some words; `size`: how much that is by now, bytes. */
export function useMatches(id: string, words: string, size: number): Matches {
  const { client } = useHost();
  const at = useRef({ of: '', from: 0, line: 0, all: none.all });
  const [matches, setMatches] = useState(none);
  // What grows is looked through from where it ended.
  useEffect(() => {
    const of = `${id} ${words}`;
    const isNew = at.current.of !== of;
    if (isNew) {
      at.current = { of, from: 0, line: 0, all: none.all };
      setMatches({ ...none, complete: words === '' || size === 0 });
    }
    if (words === '' || size === 0) return;
    const end = new AbortController();
    const search = async () => {
      for (let complete = false; !complete; ) {
        const { from, line, all } = at.current;
        const page = await client.runs.findInOutput(id, { words, from, line }, end.signal);
        end.signal.throwIfAborted();
        const joined = joinMatches(all, page.matches);
        at.current = { of, from: page.next, line: page.line, all: joined };
        complete = page.complete || joined.length >= mostMatches;
        setMatches({ all: joined, complete, problem: null });
      }
    };
    const timer = setTimeout(
      () =>
        void search().catch(({ message }: Error) => {
          if (!end.signal.aborted) setMatches({ all: at.current.all, complete: true, problem: message });
        }),
      isNew ? rest : 0,
    );
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [client, id, words, size]);
  return matches;
}

/** A line that still went on is told again, and so is a long one that is looked through in parts. */
export function joinMatches(before: readonly Match[], more: readonly Match[]): readonly Match[] {
  const last = before.at(-1)?.line ?? -1;
  return more.length === 0
    ? before
    : [...before, ...more.filter(({ line }) => line > last)].slice(0, mostMatches);
}
