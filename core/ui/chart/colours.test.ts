import { expect, test } from 'vitest';
import { luminance, seriesColour, seriesColours } from './colours.ts';

const contrast = (a: string, b: string) => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
};

test.each([
  ['light', '#ffffff'],
  ['light', '#f8f8f8'],
  ['dark', '#1f1f1f'],
  ['dark', '#111111'],
] as const)('on a %s page (%s) every series can be seen', (theme, page) => {
  for (const colour of seriesColours[theme]) expect(contrast(colour, page)).toBeGreaterThanOrEqual(3);
});

test('colours are read as browsers write them, and go round', () => {
  expect(luminance('rgb(255, 255, 255)')).toBeCloseTo(1);
  expect(seriesColour(8, true)).toBe(seriesColour(0, true));
});
