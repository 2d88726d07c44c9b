import type { Row } from './rows.ts';

/** What a key in the tree asks for; the tree pattern of the WAI-ARIA Authoring Practices. */
export type Move =
  | { kind: 'go'; key: string }
  | { kind: 'expand' | 'collapse' | 'open' | 'act'; row: Row }
  | { kind: 'none' };

const none: Move = { kind: 'none' };

export function moveOf(rows: readonly Row[], active: string | null, pressed: string, page: number): Move {
  const at = rows.findIndex((row) => row.key === active);
  const row = rows[at];
  const go = (index: number): Move => {
    const target = rows[Math.max(0, Math.min(rows.length - 1, index))];
    return target && target.key !== active ? { kind: 'go', key: target.key } : none;
  };
  switch (pressed) {
    case 'ArrowDown':
      return go(at + 1);
    case 'ArrowUp':
      return go(at < 0 ? 0 : at - 1);
    case 'PageDown':
      return go(at + page);
    case 'PageUp':
      return go(at - page);
    case 'Home':
      return go(0);
    case 'End':
      return go(rows.length - 1);
  }
  if (!row) return none;
  switch (pressed) {
    case 'ArrowRight':
      if (row.kind !== 'dataset') return none;
      return row.expanded ? go(at + 1) : { kind: 'expand', row };
    case 'ArrowLeft':
      if (row.kind === 'dataset') return row.expanded ? { kind: 'collapse', row } : none;
      return row.dataset === null ? none : { kind: 'go', key: row.dataset };
    case 'Enter':
      return { kind: 'open', row };
    case ' ':
      return { kind: 'act', row };
  }
  return none;
}
