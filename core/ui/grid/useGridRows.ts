import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useState } from 'react';
import { useHost } from '../host.ts';
import { useStable } from '../live/useStable.ts';

/** The rows of a grid of which only those in sight are drawn: which one is active, and the keys that go to others. */
export function useGridRows<T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  scroller: RefObject<HTMLElement | null>,
) {
  const { rowHeight } = useHost();
  // By what it is, not where: rows come and go while somebody looks.
  const [activeKey, setActiveKey] = useState('');
  const active = Math.max(
    0,
    rows.findIndex((row) => keyOf(row) === activeKey),
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    // React draws once a frame, after everybody has read where it stands.
    useFlushSync: false,
    // The head stands over the first row.
    scrollPaddingStart: rowHeight,
  });
  const go = (to: number) => {
    const index = Math.max(0, Math.min(rows.length - 1, to));
    const row = rows[index];
    if (row === undefined) return;
    setActiveKey(keyOf(row));
    virtual.scrollToIndex(index);
  };
  const page = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
  const moves: Record<string, () => void> = {
    ArrowDown: () => go(active + 1),
    ArrowUp: () => go(active - 1),
    PageDown: () => go(active + page()),
    PageUp: () => go(active - page()),
    Home: () => go(0),
    End: () => go(rows.length - 1),
  };
  const activate = useStable((row: T) => setActiveKey(keyOf(row)));
  return { virtual, active, current: rows[active], activate, moves };
}
