import { type KeyboardEvent, useRef } from 'react';
import { useStable } from '../live/useStable.ts';

export interface RowKeys {
  active: number;
  count: number;
  /** Rows to the next line, and lines of a page. */
  across: number;
  page: number;
  go: (to: number) => void;
  onEnter: () => void;
  onSpace: () => void;
  onBack: () => void;
  /** What was typed within a second. */
  onType: (text: string) => void;
}

/** Milliseconds in which letters belong together. */
const together = 800;

/** Arrows, pages and ends; Enter opens, Space looks, Backspace goes up, letters find. */
export function useRowKeys(keys: RowKeys): (event: KeyboardEvent) => void {
  const typed = useRef({ text: '', at: 0 });
  return useStable((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { active, count, across, page, go } = keys;
    const now = Date.now();
    const goesOn = now - typed.current.at < together && typed.current.text !== '';
    const acts: Record<string, () => void> = {
      ArrowDown: () => go(active + across),
      ArrowUp: () => go(active - across),
      ...(across > 1 ? { ArrowRight: () => go(active + 1), ArrowLeft: () => go(active - 1) } : {}),
      PageDown: () => go(active + page * across),
      PageUp: () => go(active - page * across),
      Home: () => go(0),
      End: () => go(count - 1),
      Enter: keys.onEnter,
      Backspace: keys.onBack,
      ...(goesOn ? {} : { ' ': keys.onSpace }),
    };
    const act = acts[event.key];
    const isLetter = event.key.length === 1;
    if (!act && !isLetter) return;
    event.preventDefault();
    event.stopPropagation();
    if (act) return act();
    typed.current = { text: goesOn ? typed.current.text + event.key : event.key, at: now };
    keys.onType(typed.current.text);
  });
}
