import { useEffect, useState } from 'react';
import type { DiffFile } from '../../../src/api/schemas.ts';
import { formatBytes } from '../../../src/api/text/units.ts';
import { FailureFace, Skeleton } from '../../parts/Faces.tsx';
import type { DiffView } from '../diffView.ts';
import { PixelDifference } from './PixelDifference.tsx';
import { leastWidth, type PictureData } from './picture.ts';
import { useSides } from './useSides.ts';

type Way = 'beside' | 'swipe' | 'fade' | 'difference';

const ways: Record<Way, string> = {
  beside: 'Side by side',
  swipe: 'Swipe',
  fade: 'Fade',
  difference: 'Difference',
};

/** Two pictures beside each other, one over the other, or what differs between them. */
export function ImageDiff({ view, file }: { view: DiffView; file: DiffFile }) {
  const { value, failure, reload } = useSides(view, file);
  const [way, setWay] = useState<Way>('beside');
  const [share, setShare] = useState(0.5);
  const before = usePicture(file.before ? value?.before : undefined, file.before?.path ?? '');
  const after = usePicture(file.after ? value?.after : undefined, file.after?.path ?? '');
  if (failure) return <FailureFace failure={failure} onRetry={reload} known={false} />;
  const waiting = (file.before && !before) || (file.after && !after);
  if (!value || waiting) return <Skeleton label="Reading the pictures" />;
  const broken = [before, after].some((picture) => picture?.failed);
  if (broken)
    return <p className="fb-dim">The browser can't show this picture. Its bytes differ as said above.</p>;
  const both = before !== undefined && after !== undefined && file.is !== 'moved';
  const shown = both ? way : 'beside';
  const size = {
    width: Math.max(before?.width ?? 0, after?.width ?? 0),
    height: Math.max(before?.height ?? 0, after?.height ?? 0),
  };
  return (
    <div className="fb-image-diff">
      {both && (
        <div className="fb-toolbar">
          <fieldset className="fb-switch" aria-label="How to compare">
            {(Object.keys(ways) as Way[]).map((each) => (
              <button key={each} type="button" aria-pressed={way === each} onClick={() => setWay(each)}>
                {ways[each]}
              </button>
            ))}
          </fieldset>
          {(way === 'swipe' || way === 'fade') && (
            <label className="fb-image-share">
              <span className="fb-dim">v{view.from}</span>
              <input
                type="range"
                min={0}
                max={1}
                step={0.01}
                value={share}
                aria-label={
                  way === 'swipe' ? 'Where the later picture begins' : 'How much of the later picture shows'
                }
                onChange={({ target }) => setShare(Number(target.value))}
              />
              <span className="fb-dim">v{view.to}</span>
            </label>
          )}
        </div>
      )}
      {shown === 'beside' && (
        <div className="fb-images">
          {before && !(file.is === 'moved') && (
            <Picture picture={before} bytes={file.before?.size ?? 0} label={`v${view.from}`} />
          )}
          {after && <Picture picture={after} bytes={file.after?.size ?? 0} label={`v${view.to}`} />}
        </div>
      )}
      {both && (shown === 'swipe' || shown === 'fade') && (
        <div
          className="fb-image-stack"
          style={{
            aspectRatio: `${size.width} / ${size.height}`,
            width: `min(100%, ${Math.max(size.width, leastWidth(size))}px)`,
          }}
        >
          <img src={before.address} alt={`v${view.from}`} style={over(before, size)} />
          <img
            src={after.address}
            alt={`v${view.to}`}
            style={{
              ...over(after, size),
              ...(shown === 'fade'
                ? { opacity: share }
                : { clipPath: `inset(0 0 0 ${(share * 100 * size.width) / after.width}%)` }),
            }}
          />
          {shown === 'swipe' && <span className="fb-swipe-line" style={{ left: `${share * 100}%` }} />}
        </div>
      )}
      {both && shown === 'difference' && <PixelDifference before={before} after={after} size={size} />}
      {both && (
        <p className="fb-dim fb-number">
          {sizeText(before)} → {sizeText(after)}
        </p>
      )}
    </div>
  );
}

const over = (picture: PictureData, size: { width: number; height: number }) => ({
  width: `${(picture.width / size.width) * 100}%`,
  height: `${(picture.height / size.height) * 100}%`,
});

const sizeText = ({ width, height }: PictureData) => `${width} × ${height} pixels`;

function Picture({ picture, bytes, label }: { picture: PictureData; bytes: number; label: string }) {
  return (
    <figure>
      <img
        src={picture.address}
        alt={label}
        width={leastWidth(picture)}
        style={{ aspectRatio: `${picture.width} / ${picture.height}` }}
      />
      <figcaption className="fb-dim fb-number">
        {label}: {sizeText(picture)}, {formatBytes(bytes)}
      </figcaption>
    </figure>
  );
}

/** Bytes as a picture with its size; undefined until both are there. Only as a picture: an SVG's scripts don't run in one. */
function usePicture(bytes: Uint8Array | undefined, path: string): PictureData | undefined {
  const [picture, setPicture] = useState<PictureData>();
  useEffect(() => {
    setPicture(undefined);
    if (!bytes) return;
    const type = path.toLowerCase().endsWith('.svg') ? 'image/svg+xml' : '';
    const address = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
    const image = new Image();
    let gone = false;
    const settle = (failed: boolean) => {
      const [width, height] = [image.naturalWidth || 300, image.naturalHeight || 150];
      if (!gone) setPicture({ address, width, height, failed });
    };
    image.onload = () => settle(false);
    image.onerror = () => settle(true);
    image.src = address;
    return () => {
      gone = true;
      URL.revokeObjectURL(address);
    };
  }, [bytes, path]);
  return picture;
}
