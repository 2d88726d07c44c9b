/**
 * How far two pictures are apart, pixel by pixel (RGBA, 4 bytes each): the absolute difference of each colour, what is
 * transparent counted as black, so that equal pixels are black.
 */
export function differencePixels(
  before: Uint8ClampedArray,
  after: Uint8ClampedArray,
): { pixels: Uint8ClampedArray<ArrayBuffer>; differing: number } {
  const pixels = new Uint8ClampedArray(Math.min(before.length, after.length));
  let differing = 0;
  for (let at = 0; at + 3 < pixels.length; at += 4) {
    let differs = before[at + 3] !== after[at + 3];
    for (let colour = at; colour < at + 3; colour++) {
      const [old, now] = [shade(before, colour, at), shade(after, colour, at)];
      pixels[colour] = Math.abs(old - now);
      if (old !== now) differs = true;
    }
    pixels[at + 3] = 255;
    if (differs) differing++;
  }
  return { pixels, differing };
}

const shade = (pixels: Uint8ClampedArray, colour: number, at: number) =>
  ((pixels[colour] as number) * (pixels[at + 3] as number)) / 255;
