import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef } from 'react';
import { HeadCell } from '../grid/HeadCell.tsx';
import { useHost } from '../host.ts';
import { useStable } from '../live/useStable.ts';
import { FileRow } from './FileRow.tsx';
import { drawable, type ListProps } from './listProps.ts';
import { useRowKeys } from './useRowKeys.ts';

const columns = [
  { id: 'name', title: 'Name' },
  { id: 'size', title: 'Size', numeric: true },
  { id: 'type', title: 'Type' },
  { id: 'modified', title: 'Modified' },
] as const;

/** Files as rows, of which only those in sight are read and drawn. */
export function FileList(props: ListProps) {
  const { feed, snapshot, folder, sort, onSort, active, onActive, onLook, onOpen, onUp, onDrag } = props;
  const { rowHeight } = useHost();
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const count = drawable(snapshot.total ?? 0, rowHeight, 1);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    // React draws once a frame, after everybody has read where it stands.
    useFlushSync: false,
    scrollPaddingStart: rowHeight,
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => feed.look(first, last + 1), [feed, first, last]);
  // Another list begins at its top.
  useEffect(() => virtual.scrollToOffset(0), [virtual, feed]);
  const go = (to: number) => {
    const next = Math.max(0, Math.min(count - 1, to));
    onActive(next);
    virtual.scrollToIndex(next);
  };
  const current = feed.row(active);
  const onKeyDown = useRowKeys({
    ...{ active, count, across: 1, go },
    page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2),
    onEnter: () => current && onOpen(current),
    onSpace: () => current && onLook(current),
    onBack: onUp,
    onType: (text) => void feed.find(text).then((at) => at !== undefined && go(at)),
  });
  const choose = useStable((index: number) => {
    onActive(index);
    const entry = feed.row(index);
    if (entry) onLook(entry);
  });
  const open = useStable(onOpen);
  const drag = useStable(onDrag);
  return (
    <div
      className="fb-file-list"
      ref={scroller}
      role="grid"
      aria-label="Files"
      aria-rowcount={count + 1}
      aria-busy={!snapshot.complete}
      aria-activedescendant={count > 0 ? `${id}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={(event) => event.target === scroller.current && onKeyDown(event)}
    >
      <div role="rowgroup">
        <div className="fb-file-head" role="row" aria-rowindex={1} style={{ height: rowHeight }}>
          {columns.map((column) => (
            <HeadCell key={column.id} {...{ column, sort, onSort }} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className="fb-file-rows" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => (
          <FileRow
            key={index}
            id={`${id}-${index}`}
            entry={feed.row(index)}
            {...{ folder, index }}
            top={start}
            height={rowHeight}
            active={index === active}
            onChoose={choose}
            onOpen={open}
            onDrag={drag}
          />
        ))}
      </div>
    </div>
  );
}
