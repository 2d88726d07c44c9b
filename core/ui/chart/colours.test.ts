import fc from 'fast-check';
import { expect, test } from 'vitest';
import { luminance, seriesColour, seriesColours, slotsOf } from './colours.ts';

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

const ids = fc.uniqueArray(fc.stringMatching(/^[0-9a-f]{32}$/), { minLength: 1, maxLength: 12 });

test('runs beside each other have colours of their own, as long as there are some', () => {
  fc.assert(
    fc.property(ids, (all) => {
      const slots = [...slotsOf(all, new Map()).values()];
      expect(new Set(slots).size).toBe(Math.min(8, all.length));
    }),
  );
});

test('a run keeps its colour when others are left out or come, and has it alone as beside others', () => {
  fc.assert(
    fc.property(ids, ids, (all, more) => {
      const slots = slotsOf(all, new Map());
      const some = all.filter((_, at) => at % 2 === 1);
      const next = slotsOf([...more, ...some], slots);
      for (const id of some) expect(next.get(id)).toBe(slots.get(id));
      const [first = ''] = all;
      expect(slots.get(first)).toBe(slotsOf([first], new Map()).get(first));
    }),
  );
});
