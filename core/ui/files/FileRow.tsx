import { type DragEvent, memo } from 'react';
import { isPicture } from '../../src/api/fileType.ts';
import type { FileEntry } from '../../src/api/schemas.ts';
import { Icon } from '../parts/Icon.tsx';
import { MiddleName } from '../parts/MiddleName.tsx';
import { modifiedText, nameIn, sizeText, typeText } from './rowText.ts';

/** Drawn again only when what it shows has changed; without an entry a line where one will be. */
export const FileRow = memo(function FileRow(props: FileRowProps) {
  const { id, entry, folder, index, top, height, active, onChoose, onOpen, onDrag } = props;
  const name = entry ? nameIn(folder, entry.path) : '';
  return (
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={active}
      className={`fb-file-row${active ? ' fb-file-active' : ''}`}
      style={{ height, transform: `translateY(${top}px)` }}
      onClick={() => onChoose(index)}
      onDoubleClick={() => entry && onOpen(entry)}
      draggable={entry !== undefined}
      onDragStart={(event) => entry && onDrag(event, entry)}
    >
      {entry ? (
        <>
          <span role="gridcell" className="fb-file-name" title={entry.path}>
            <Icon name={iconOf(entry)} className={entry.kind === 'folder' ? '' : 'fb-dim'} />
            {name.length > shortName ? <MiddleName name={name} /> : name}
          </span>
          <span role="gridcell" className="fb-file-size fb-number">
            {sizeText(entry)}
          </span>
          <span role="gridcell" className="fb-file-type fb-dim">
            {typeText(entry)}
          </span>
          <span role="gridcell" className="fb-file-modified fb-dim fb-number">
            {modifiedText(entry)}
          </span>
        </>
      ) : (
        <span role="gridcell" className="fb-file-name" aria-label="Being read">
          <span className="fb-file-blank" />
        </span>
      )}
    </div>
  );
});

/** Letters that mostly fit; longer names may need to be cut, which costs more to draw. */
const shortName = 28;

export function iconOf({ kind, path }: FileEntry): 'folder' | 'image' | 'file' {
  if (kind === 'folder') return 'folder';
  return isPicture(path) ? 'image' : 'file';
}

interface FileRowProps {
  id: string;
  entry: FileEntry | undefined;
  folder: string;
  index: number;
  /** Pixels. */
  top: number;
  height: number;
  active: boolean;
  onChoose: (index: number) => void;
  onOpen: (entry: FileEntry) => void;
  onDrag: (event: DragEvent, entry: FileEntry) => void;
}
