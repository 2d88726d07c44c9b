import { imageSize } from 'image-size';

export interface ImageHeader {
  /** Pixels. */
  width: number;
  height: number;
  /** As Pillow names it where the header says so: L, RGB, RGBA, P, CMYK, `16 bit L`; else the format's name. */
  mode: string;
}

/** Of the first bytes of a picture; null where they are none. */
export function imageHeader(bytes: Uint8Array): ImageHeader | null {
  try {
    const { width, height, type } = imageSize(bytes);
    // Some formats have no mark at their beginning: anything might be one.
    return width > 0 && height > 0 ? { width, height, mode: modeOf(bytes, type ?? '') } : null;
  } catch {
    return null;
  }
}

function modeOf(bytes: Uint8Array, type: string): string {
  if (type === 'png') return pngMode(bytes[24] ?? 8, bytes[25] ?? 2);
  if (type === 'jpg') return jpegMode(bytes);
  return type === 'gif' ? 'P' : type.toUpperCase();
}

/** PNG, 11.2.1 (https://www.w3.org/TR/png-3/#11IHDR). */
function pngMode(depth: number, colour: number): string {
  const name = { 0: 'L', 2: 'RGB', 3: 'P', 4: 'LA', 6: 'RGBA' }[colour] ?? 'PNG';
  return depth === 8 ? name : `${depth} bit ${name}`;
}

/** The frame header's number of components (ITU-T T.81, B.2.2). */
function jpegMode(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 2; at + 9 < bytes.length; ) {
    const marker = view.getUint16(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return { 1: 'L', 3: 'RGB', 4: 'CMYK' }[bytes[at + 9] ?? 0] ?? 'JPEG';
    if (marker < 0xff01) break;
    at += 2 + view.getUint16(at + 2);
  }
  return 'JPEG';
}
