import { useRef } from 'react';
import { concernsRun, type Failure, useLive } from '../live/useLive.ts';
import { OutputLines } from './outputLines.ts';

/** More than this at the end of an output isn't read; bytes. */
const most = 2_000_000;

export interface Output {
  lines: readonly string[];
  /** Bytes before the first line. */
  leftOut: number;
  /** Bytes of all. */
  size: number;
}

/** What a run printed, and what it goes on to print. */
export function useOutput(id: string): {
  output: Output | undefined;
  failure: Failure | null;
  reload: () => void;
} {
  const read = useRef({ id: '', next: 0, leftOut: 0, lines: new OutputLines() });
  const { value, failure, reload } = useLive(
    async ({ runs }, signal) => {
      if (read.current.id !== id) {
        const { size } = await runs.output(id, Number.MAX_SAFE_INTEGER, signal);
        const leftOut = Math.max(0, size - most);
        read.current = { id, next: leftOut, leftOut, lines: new OutputLines() };
      }
      const { current } = read;
      for (;;) {
        const { text, next, size } = await runs.output(id, current.next, signal);
        // Whoever reads on now has read this too.
        signal.throwIfAborted();
        const ended = next === current.next || next >= size;
        current.lines.add(text);
        current.next = next;
        if (ended) return { lines: [...current.lines.all], leftOut: current.leftOut, size };
      }
    },
    concernsRun(id),
    [id],
  );
  return { output: value, failure, reload };
}
