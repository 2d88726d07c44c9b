import type { Locator } from 'playwright-core';

/** Where a drawing in SVG puts things, by the name that a pointer is told: pixels, y downwards. */
export async function placesOf(drawing: Locator): Promise<Record<string, { x: number; y: number }[]>> {
  const found = await drawing.locator('path:has(> title), circle:has(> title)').evaluateAll((marks) =>
    marks.map((mark) => {
      const numbers = (
        mark.getAttribute('d') ?? `${mark.getAttribute('cx')} ${mark.getAttribute('cy')}`
      ).match(/-?[\d.]+/g);
      return { title: mark.querySelector('title')?.textContent ?? '', numbers: (numbers ?? []).map(Number) };
    }),
  );
  return Object.fromEntries(
    found.map(({ title, numbers }) => [
      title,
      numbers.flatMap((x, at) => (at % 2 === 0 ? [{ x, y: numbers[at + 1] ?? Number.NaN }] : [])),
    ]),
  );
}
