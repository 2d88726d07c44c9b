import { useEffect, useRef, useState } from 'react';
import { leastWidth, type PictureData } from './picture.ts';
import { differencePixels } from './pixels.ts';

/** Pixels on a side up to which pictures are compared; larger ones are scaled down to it. */
const most = 2048;

/** Black where both pictures are the same, the brighter the more they differ. */
export function PixelDifference({ before, after, size }: PixelDifferenceProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [said, setSaid] = useState('Comparing pixels');
  const scale = Math.min(1, most / Math.max(size.width, size.height));
  const [width, height] = [size.width, size.height].map((side) => Math.max(1, Math.round(side * scale))) as [
    number,
    number,
  ];
  useEffect(() => {
    let gone = false;
    const pixelsOf = async ({ address, width: wide, height: high }: PictureData) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      const sheet = document.createElement('canvas');
      [sheet.width, sheet.height] = [width, height];
      const context = sheet.getContext('2d', { willReadFrequently: true });
      context?.drawImage(image, 0, 0, wide * scale, high * scale);
      return context?.getImageData(0, 0, width, height).data;
    };
    const draw = async () => {
      const [old, now] = await Promise.all([pixelsOf(before), pixelsOf(after)]);
      if (gone || !old || !now) return;
      const { pixels, differing } = differencePixels(old, now);
      const drawn = new ImageData(pixels, width, height);
      canvas.current?.getContext('2d')?.putImageData(drawn, 0, 0);
      const share = (differing / (width * height)) * 100;
      setSaid(
        differing === 0
          ? 'Every pixel is the same.'
          : `${share < 0.1 ? 'Less than 0.1' : share.toFixed(1)}% of the pixels differ.`,
      );
    };
    draw().catch(() => setSaid("The browser can't compare these pictures."));
    return () => {
      gone = true;
    };
  }, [before, after, width, height, scale]);
  return (
    <figure className="fb-pixel-difference">
      <canvas
        ref={canvas}
        width={width}
        height={height}
        style={{ width: leastWidth(size) }}
        aria-label="Difference of the pictures"
        role="img"
      />
      <figcaption className="fb-dim" role="status">
        {said}
      </figcaption>
    </figure>
  );
}

interface PixelDifferenceProps {
  before: PictureData;
  after: PictureData;
  size: { width: number; height: number };
}
