import { useSize } from '@forebay/core/ui/live/useSize';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { moveOf } from '../model/tree/navigate.ts';
import type { Row } from '../model/tree/rows.ts';
import { scrollTo, visibleRows } from '../model/tree/visible.ts';
import { TreeRow } from './TreeRow.tsx';

export const rowHeight = 24;

export interface TreeProps {
  rows: readonly Row[];
  active: string | null;
  now: number;
  onActive: (key: string) => void;
  onToggle: (row: Row) => void;
  /** Enter, a double click, and a click on a note. */
  onOpen: (row: Row) => void;
  /** Space. */
  onAct: (row: Row) => void;
  /** A row came into sight. */
  onSeen: (row: Row) => void;
}

const rowId = (index: number) => `fb-row-${index}`;

/** Datasets and versions as a tree; only the rows in sight are drawn. */
export function Tree({ rows, active, now, onActive, onToggle, onOpen, onAct, onSeen }: TreeProps) {
  const tree = useRef<HTMLDivElement>(null);
  const { height } = useSize(tree);
  const [scrollTop, setScrollTop] = useState(0);
  const { from, to } = visibleRows(rows.length, rowHeight, scrollTop, height);
  const at = rows.findIndex((row) => row.key === active);

  useLayoutEffect(() => {
    const { current } = tree;
    if (current && at >= 0)
      current.scrollTop = scrollTo(at, rowHeight, current.scrollTop, current.clientHeight);
  }, [at]);

  useEffect(() => {
    for (const row of rows.slice(from, to)) if (row.kind === 'note') onSeen(row);
  }, [rows, from, to, onSeen]);

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>) {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) return openMenu(event);
    const move = moveOf(rows, active, event.key, Math.max(1, Math.floor(height / rowHeight) - 1));
    if (move.kind === 'none') return;
    event.preventDefault();
    event.stopPropagation();
    if (move.kind === 'go') onActive(move.key);
    else if (move.kind === 'act') onAct(move.row);
    else if (move.kind === 'open') onOpen(move.row);
    else onToggle(move.row);
  }

  /** The keyboard's menu key means the active row, not the whole tree. */
  function openMenu(event: KeyboardEvent<HTMLDivElement>) {
    const row = tree.current?.querySelector(`#${rowId(at)}`);
    if (!row) return;
    event.preventDefault();
    const { left, bottom } = row.getBoundingClientRect();
    row.dispatchEvent(
      new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left + 24, clientY: bottom }),
    );
  }

  return (
    <div
      ref={tree}
      className="fb-tree"
      role="tree"
      tabIndex={0}
      aria-label="Datasets and their versions"
      aria-activedescendant={at >= from && at < to ? rowId(at) : undefined}
      onKeyDown={onKeyDown}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      onFocus={() => {
        const first = rows[0];
        if (at < 0 && first) onActive(first.key);
      }}
    >
      <div className="fb-tree-rows" style={{ height: rows.length * rowHeight }} role="none">
        {rows.slice(from, to).map((row, index) => (
          <TreeRow
            key={row.key}
            id={rowId(from + index)}
            row={row}
            top={(from + index) * rowHeight}
            active={row.key === active}
            now={now}
            onActive={onActive}
            onToggle={onToggle}
            onOpen={onOpen}
          />
        ))}
      </div>
    </div>
  );
}
