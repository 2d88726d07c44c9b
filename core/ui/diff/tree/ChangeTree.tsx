import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { DiffChange } from '../../../src/api/schemas.ts';
import { useHost } from '../../host.ts';
import { useStable } from '../../live/useStable.ts';
import { ChangeLine } from './ChangeLine.tsx';
import type { Changes } from './useChanges.ts';

/** How far the next change is looked for by key: enough for any folder in sight. */
const lookFor = 10_000;

/**
 * What differs, as a tree or one below the other, of which only what is in sight is drawn (WAI-ARIA, tree view).
 * Up and down choose at once, so that a person walks through the changes and sees each beside it.
 */
export function ChangeTree({ changes, chosen, onChoose, label }: ChangeTreeProps) {
  const { rowHeight } = useHost();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const { root } = changes;
  const count = root.length;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    useFlushSync: false,
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  const need = useStable(changes.need);
  // Again when a page came: it may have made room for others in sight.
  useEffect(() => need(first, last), [first, last, count, need]);
  const go = (to: number, choose = true) => {
    const index = Math.max(0, Math.min(count - 1, to));
    const line = root.line(index);
    if (!line) return;
    setActive(index);
    virtual.scrollToIndex(index);
    if (choose && line.entry?.kind === 'change') onChoose(line.entry);
  };
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2);
  const nextChange = (by: 1 | -1) => {
    for (
      let index = active + by, steps = 0;
      index >= 0 && index < count && steps < lookFor;
      index += by, steps++
    ) {
      if (root.line(index)?.entry?.kind === 'change') return go(index);
    }
  };
  const current = root.line(Math.min(active, count - 1));
  const toggle = (index: number) => {
    const line = root.line(index);
    if (line?.entry?.kind !== 'folder') return;
    if (line.open) changes.close(line.branch, line.at);
    else changes.open(line.branch, line.at);
  };
  const onKeyDown = useStable((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !current) return;
    const folder = current.entry?.kind === 'folder';
    const acts: Record<string, () => void> = {
      ArrowDown: () => go(active + 1),
      ArrowUp: () => go(active - 1),
      PageDown: () => go(active + page),
      PageUp: () => go(active - page),
      Home: () => go(0),
      End: () => go(count - 1),
      n: () => nextChange(1),
      p: () => nextChange(-1),
      ArrowRight: () => (folder && !current.open ? toggle(active) : go(active + 1)),
      ArrowLeft: () => {
        if (current.open) toggle(active);
        else if (current.branch.parent) go(current.branch.parent.indexOf(current.branch.at));
      },
      Enter: () => (folder ? toggle(active) : go(active)),
      ' ': () => (folder ? toggle(active) : go(active)),
    };
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  return (
    <div
      className="fb-change-tree"
      ref={scroller}
      role="tree"
      aria-label={label}
      aria-activedescendant={count > 0 ? `${id}-${Math.min(active, count - 1)}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="none" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, start }) => {
          const line = root.line(index);
          if (!line) return null;
          return (
            <ChangeLine
              key={`${line.branch.folder} ${line.at}`}
              id={`${id}-${index}`}
              line={line}
              whole={root.folder === null}
              active={index === active}
              chosen={line.entry?.kind === 'change' && line.entry.path === chosen}
              style={{ height: rowHeight, top: start }}
              onClick={() => {
                go(index);
                toggle(index);
              }}
            />
          );
        })}
      </div>
    </div>
  );
}

interface ChangeTreeProps {
  changes: Changes;
  /** A path. */
  chosen: string;
  onChoose: (change: DiffChange) => void;
  /** For screen readers. */
  label: string;
}
