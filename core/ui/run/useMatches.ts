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
  const [matches, setMatches] = useState(none);
  const goOn = useRef(() => {});
  useEffect(() => {
    setMatches({ ...none, complete: words === '' });
    if (words === '') return;
    const end = new AbortController();
    let at = { from: 0, line: 0, all: none.all };
    let [busy, again] = [false, false];
    const readOn = async () => {
      for (let complete = at.all.length >= mostMatches; !complete; ) {
        const { from, line } = at;
        const page = await client.runs.findInOutput(id, { words, from, line }, end.signal);
        end.signal.throwIfAborted();
        const all = joinMatches(at.all, page.matches);
        at = { from: page.next, line: page.line, all };
        complete = page.complete || all.length >= mostMatches;
        setMatches({ all, complete, problem: null });
      }
    };
    // What grows meanwhile is looked through from where it ended, and never holds up what is under way.
    goOn.current = () => {
      again = true;
      if (busy) return;
      busy = true;
      const search = async () => {
        while (again) {
          again = false;
          await readOn();
        }
      };
      void search()
        .catch(({ message }: Error) => {
          if (!end.signal.aborted) setMatches({ all: at.all, complete: true, problem: message });
        })
        .finally(() => {
          busy = false;
        });
    };
    const timer = setTimeout(goOn.current, rest);
    return () => {
      clearTimeout(timer);
      end.abort();
      goOn.current = () => {};
    };
  }, [client, id, words]);
  useEffect(() => {
    if (size > 0) goOn.current();
  }, [size]);
  return matches;
}

/** A line that still went on is told again, and so is a long one that is looked through in parts. */
export function joinMatches(before: readonly Match[], more: readonly Match[]): readonly Match[] {
  const last = before.at(-1)?.line ?? -1;
  return more.length === 0
    ? before
    : [...before, ...more.filter(({ line }) => line > last)].slice(0, mostMatches);
}
