import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { formatBytes, formatCount } from '../../src/api/text/units.ts';
import { useHost } from '../host.ts';
import { Icon } from '../parts/Icon.tsx';
import { MiddleName } from '../parts/MiddleName.tsx';
import { type ChildrenOf, parentOf, type Ticked, type TickState, ticksOf, toggle } from './partTree.ts';
import { TickBox } from './TickBox.tsx';
import { type TreeRow, treeRows } from './treeRows.ts';
import type { Folder } from './useFolders.ts';

/** A version's folders and files with boxes to tick (WAI-ARIA, tree): Space ticks, the arrows go and open. */
export function PartTree({ folders, onOpen, ticked, onTick, childrenOf }: PartTreeProps) {
  const { rowHeight } = useHost();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [active, setActive] = useState(0);
  const rows = useMemo(() => treeRows(folders, open), [folders, open]);
  const stateOf = useMemo(() => ticksOf(ticked), [ticked]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    useFlushSync: false,
  });
  useEffect(() => setActive((at) => Math.min(at, Math.max(0, rows.length - 1))), [rows.length]);
  const go = (to: number) => {
    const at = Math.max(0, Math.min(rows.length - 1, to));
    setActive(at);
    virtual.scrollToIndex(at);
  };
  const fold = (path: string, on: boolean) => {
    const next = new Set(open);
    if (on) next.add(path);
    else next.delete(path);
    setOpen(next);
    if (on) onOpen(path);
  };
  const tick = (path: string) => onTick(toggle(ticked, path, childrenOf));
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active];
    const entry = row?.kind === 'entry' ? row.entry : undefined;
    const isOpen = row?.kind === 'entry' && row.open;
    const parent =
      entry && rows.findIndex((one) => one.kind === 'entry' && one.entry.path === parentOf(entry.path));
    const acts: Record<string, () => void> = {
      ArrowDown: () => go(active + 1),
      ArrowUp: () => go(active - 1),
      Home: () => go(0),
      End: () => go(rows.length - 1),
      ArrowRight: () => entry?.kind === 'folder' && (isOpen ? go(active + 1) : fold(entry.path, true)),
      ArrowLeft: () =>
        entry && (isOpen ? fold(entry.path, false) : parent !== undefined && parent >= 0 && go(parent)),
      ' ': () => entry && tick(entry.path),
      Enter: () => entry && tick(entry.path),
    };
    const act = acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };
  return (
    <div
      className="fb-part-tree"
      ref={scroller}
      role="tree"
      aria-label="Folders and files of the version"
      aria-multiselectable="true"
      aria-activedescendant={rows.length > 0 ? `${id}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <Line
              key={keyOf(row)}
              id={`${id}-${index}`}
              row={row}
              top={start}
              height={rowHeight}
              active={index === active}
              state={row.kind === 'entry' ? stateOf(row.entry.path) : 'off'}
              onActive={() => setActive(index)}
              onTick={tick}
              onFold={fold}
            />
          );
        })}
      </div>
    </div>
  );
}

const keyOf = (row: TreeRow) => (row.kind === 'entry' ? row.entry.path : `${row.key}/note`);

function Line({ id, row, top, height, active, state, onActive, onTick, onFold }: LineProps) {
  const style = { top, height, paddingLeft: 8 + (row.depth - 1) * 16 };
  const className = `fb-part-row${active ? ' fb-part-active' : ''}`;
  if (row.kind === 'note') {
    return (
      <div
        id={id}
        role="treeitem"
        tabIndex={-1}
        aria-level={row.depth}
        aria-selected={false}
        className={`${className} fb-dim`}
        style={style}
      >
        {row.text}
      </div>
    );
  }
  const { entry, open, depth } = row;
  const name = entry.path.slice(entry.path.lastIndexOf('/') + 1);
  const isFolder = entry.kind === 'folder';
  const says = [name, ...(isFolder ? [formatCount(entry.files ?? 0, 'file')] : []), formatBytes(entry.size)];
  return (
    // Keys are the tree's, which holds the focus and names this line as its active one.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    // biome-ignore lint/a11y/useFocusableInteractive: see above
    <div
      id={id}
      role="treeitem"
      aria-level={depth}
      aria-label={says.join(', ')}
      aria-checked={state === 'some' ? 'mixed' : state === 'on'}
      {...(isFolder ? { 'aria-expanded': open } : {})}
      className={className}
      style={style}
      onClick={(event) => {
        onActive();
        const folds = isFolder && (event.target as Element).closest('.fb-part-fold') !== null;
        if (folds) onFold(entry.path, !open);
        else onTick(entry.path);
      }}
    >
      <span className="fb-part-fold">{isFolder && <Icon name={open ? 'down' : 'right'} />}</span>
      <TickBox state={state} />
      <Icon name={isFolder ? 'folder' : 'file'} className="fb-dim" />
      <MiddleName name={name} />
      <span className="fb-dim fb-number fb-part-count">
        {isFolder ? formatCount(entry.files ?? 0, 'file') : ''}
      </span>
      <span className="fb-number fb-part-size">{formatBytes(entry.size)}</span>
    </div>
  );
}

export interface PartTreeProps {
  folders: ReadonlyMap<string, Folder>;
  onOpen: (folder: string) => void;
  ticked: Ticked;
  onTick: (ticked: Ticked) => void;
  childrenOf: ChildrenOf;
}

interface LineProps {
  id: string;
  row: TreeRow;
  top: number;
  height: number;
  active: boolean;
  state: TickState;
  onActive: () => void;
  onTick: (path: string) => void;
  onFold: (path: string, open: boolean) => void;
}
