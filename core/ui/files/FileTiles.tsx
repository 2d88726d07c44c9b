import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef } from 'react';
import { useSize } from '../live/useSize.ts';
import { drawable, type ListProps } from './listProps.ts';
import { nameIn, sizeText } from './rowText.ts';
import { Thumbnail } from './Thumbnail.tsx';
import { useRowKeys } from './useRowKeys.ts';
import { useThumbnails } from './useThumbnails.ts';

/** Pixels of a tile with the gap beside it. */
const tile = { width: 136, height: 152 };
const sides = 24;
const gap = 8;

/** Files as small pictures, of which only those in sight are read and drawn. */
export function FileTiles(props: ListProps) {
  const { dataset, version, feed, snapshot, folder, active, onActive, onLook, onOpen, onUp, onDrag } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const { width } = useSize(scroller);
  const thumbnails = useThumbnails(dataset, version);
  const across = Math.max(1, Math.floor((width - sides) / tile.width));
  // What is left over is shared out: the tiles fill the width.
  const each = Math.max(64, Math.floor((width - sides + gap) / across) - gap);
  const count = drawable(snapshot.total ?? 0, tile.height, across);
  const virtual = useVirtualizer({
    count: Math.ceil(count / across),
    getScrollElement: () => scroller.current,
    estimateSize: () => tile.height,
    overscan: 1,
    useFlushSync: false,
  });
  const lines = virtual.getVirtualItems();
  const first = (lines[0]?.index ?? 0) * across;
  const last = Math.min(count, ((lines.at(-1)?.index ?? 0) + 1) * across);
  useEffect(() => feed.look(first, Math.max(first + 1, last)), [feed, first, last]);
  // Another list begins at its top.
  useEffect(() => virtual.scrollToOffset(0), [virtual, feed]);
  const go = (to: number) => {
    const next = Math.max(0, Math.min(count - 1, to));
    onActive(next);
    virtual.scrollToIndex(Math.floor(next / across));
  };
  const current = feed.row(active);
  const onKeyDown = useRowKeys({
    ...{ active, count, across, go },
    page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / tile.height)),
    onEnter: () => current && onOpen(current),
    onSpace: () => current && onLook(current),
    onBack: onUp,
    onType: (text) => void feed.find(text).then((at) => at !== undefined && go(at)),
  });
  return (
    <div
      className="fb-tiles"
      ref={scroller}
      role="grid"
      aria-label="Files"
      aria-rowcount={Math.ceil(count / across)}
      aria-busy={!snapshot.complete}
      aria-activedescendant={count > 0 ? `${id}-${active}` : undefined}
      tabIndex={0}
      onKeyDown={(event) => event.target === scroller.current && onKeyDown(event)}
    >
      <div role="rowgroup" className="fb-file-rows" style={{ height: virtual.getTotalSize() }}>
        {lines.map(({ index: line, start }) => (
          <div
            key={line}
            role="row"
            aria-rowindex={line + 1}
            className="fb-tile-line"
            style={{ height: tile.height, transform: `translateY(${start}px)` }}
          >
            {Array.from({ length: Math.min(across, count - line * across) }, (_, nth) => {
              const index = line * across + nth;
              const entry = feed.row(index);
              return (
                <div
                  key={index}
                  id={`${id}-${index}`}
                  role="gridcell"
                  aria-selected={index === active}
                  className={`fb-tile${index === active ? ' fb-file-active' : ''}`}
                  style={{ width: each, height: tile.height - gap }}
                  title={entry && `${entry.path}\n${sizeText(entry)}`}
                  draggable={entry !== undefined}
                  onDragStart={(event) => entry && onDrag(event, entry)}
                  onClick={() => {
                    onActive(index);
                    if (entry) onLook(entry);
                  }}
                  onDoubleClick={() => entry && onOpen(entry)}
                >
                  {entry ? (
                    <Thumbnail key={entry.path} {...{ entry, thumbnails }} />
                  ) : (
                    <span className="fb-tile-picture fb-tile-blank" />
                  )}
                  <span className="fb-tile-name">{entry ? nameIn(folder, entry.path) : ''}</span>
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}
