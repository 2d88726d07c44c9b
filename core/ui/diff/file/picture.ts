export interface PictureData {
  address: string;
  width: number;
  height: number;
  failed: boolean;
}

/** Small pictures (28 by 28 digits) are shown larger, in sharp pixels. */
export const leastWidth = ({ width, height }: { width: number; height: number }) =>
  Math.max(width, height) < 128 ? Math.round(width * Math.floor(256 / Math.max(1, width, height))) : width;
