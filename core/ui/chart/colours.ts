/**
 * Eight colours that colour-blind eyes tell apart (Okabe and Ito 2008), darker for light pages and lighter for dark
 * ones, each with 3:1 contrast or more.
 */
export const seriesColours = {
  light: ['#0072b2', '#c65200', '#00825e', '#a8497f', '#8a6500', '#2b84bb', '#767000', '#4d4d4d'],
  dark: ['#56b4e9', '#f28e4b', '#2fc29a', '#e39ac6', '#e6a93a', '#8fc7ff', '#f0e442', '#c8c8c8'],
} as const;

/** Colours repeat after eight; what is drawn in the same one again is told apart by its name. */
export function seriesColour(index: number, dark: boolean): string {
  const all = dark ? seriesColours.dark : seriesColours.light;
  return all[index % all.length] as string;
}

/** Which of the colours a run has. */
export type Slots = ReadonlyMap<string, number>;

/**
 * A run has the colour that its id says wherever it is drawn, unless another one beside it has that: then the next that is
 * free. Those that had one `before` keep it, whoever comes or goes.
 */
export function slotsOf(ids: readonly string[], before: Slots): Slots {
  const slots = new Map(ids.flatMap((id) => (before.has(id) ? [[id, before.get(id) as number]] : [])));
  for (const id of ids) {
    if (slots.has(id)) continue;
    const used = [...slots.values()];
    const rounds = Array.from({ length: count }, (_, slot) => used.filter((each) => each === slot).length);
    const least = Math.min(...rounds);
    const wanted = wantedSlot(id);
    const order = Array.from({ length: count }, (_, at) => (at < far ? (wanted + at) % far : at));
    slots.set(id, order.find((slot) => rounds[slot] === least) as number);
  }
  return slots;
}

const count = seriesColours.light.length;
/** The first ones are furthest from each other; the others come in once those are taken. */
const far = 5;

const wantedSlot = (id: string) =>
  [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7) % far;

/** Relative luminance of `#rrggbb` or `rgb(r, g, b)`, 0 to 1 (WCAG 2.2). */
export function luminance(colour: string): number {
  const parts = colour.startsWith('#')
    ? [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
    : (colour.match(/[\d.]+/g) ?? ['255', '255', '255']).slice(0, 3).map(Number);
  const [r = 0, g = 0, b = 0] = parts.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
