import { useEffect, useRef, useState } from 'react';
import { fileType, isPicture } from '../../src/api/fileType.ts';
import type { FileEntry } from '../../src/api/schemas.ts';
import { Icon } from '../parts/Icon.tsx';
import { iconOf } from './FileRow.tsx';
import { type Thumbnails, thumbnailMost } from './Thumbnails.ts';

/** A small picture of a file, or the sign of its kind where there can be none. */
export function Thumbnail({ entry, thumbnails }: { entry: FileEntry; thumbnails: Thumbnails }) {
  const { path, size } = entry;
  const drawn = isPicture(path) && fileType(path) !== 'svg' && size <= thumbnailMost;
  const [bitmap, setBitmap] = useState(() => (drawn ? thumbnails.known(path) : null));
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const known = drawn ? thumbnails.known(path) : null;
    setBitmap(known);
    if (known !== undefined) return;
    const abort = new AbortController();
    void thumbnails.read(path, abort.signal).then(setBitmap);
    return () => abort.abort();
  }, [thumbnails, path, drawn]);
  useEffect(() => {
    if (bitmap && canvas.current) canvas.current.getContext('2d')?.drawImage(bitmap, 0, 0);
  }, [bitmap]);
  if (bitmap === undefined) return <span className="fb-tile-picture fb-tile-blank" />;
  return (
    <span className="fb-tile-picture">
      {bitmap ? (
        <canvas ref={canvas} width={bitmap.width} height={bitmap.height} />
      ) : (
        <span className="fb-tile-icon fb-dim">
          <Icon name={iconOf(entry)} />
          {entry.kind === 'file' && <span>{fileType(path).toUpperCase()}</span>}
        </span>
      )}
    </span>
  );
}
