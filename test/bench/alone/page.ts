import type { Page } from 'playwright-core';
import type { AloneLine } from '../report/results.ts';

/** Frames of scrolling that are timed. */
const frames = 240;
/** Pixels a frame: as far as a fast wheel goes, 7,200 pixels, 300 rows a second. */
export const wheel = 120;
/** Seconds: 60 frames a second, with room for the clock. */
export const smooth = 0.0175;

/** Presses what `button` finds: seconds until `shown` is painted. */
export const timed = (page: Page, button: string, shown: string): Promise<number> =>
  timedAct(page, `(${button}).click()`, shown);

/** Does `act` and waits until `shown` is true, frame by frame, in the page itself: seconds to the frame that paints it. */
export function timedAct(page: Page, act: string, shown: string): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    const begun = performance.now();
    ${act};
    const look = () => requestAnimationFrame(() => {
      if (!(${shown})) return look();
      requestAnimationFrame(() => resolve((performance.now() - begun) / 1000));
    });
    look();
  })`);
}

/** Seconds of each frame, the shortest first, while what `scroller` finds goes on by so many pixels a frame. */
export async function frameTimes(page: Page, scroller: string, pixels: number): Promise<number[]> {
  const times = await page.evaluate<number[]>(`new Promise((resolve) => {
    const scroller = ${scroller};
    const end = scroller.scrollHeight - scroller.clientHeight;
    const times = [];
    let last = performance.now();
    const step = () => requestAnimationFrame((now) => {
      times.push(now - last);
      last = now;
      if (times.length > ${frames}) return resolve(times.slice(1));
      scroller.scrollTop = Math.min(end, times.length * ${pixels});
      step();
    });
    step();
  })`);
  return times.map((each) => each / 1000).sort((a, b) => a - b);
}

/** What stands at that part, 0 to 1, of times in order. */
export const atPart = (times: readonly number[], part: number): number =>
  times[Math.floor(times.length * part)] ?? Number.NaN;

/** The longest of 95 of 100 frames while what `scroller` finds is scrolled. */
export async function scrolling(page: Page, scroller: string): Promise<AloneLine> {
  return {
    title: 'a frame while 300 rows a second are scrolled (95 of 100 take at most)',
    value: atPart(await frameTimes(page, scroller, wheel), 0.95),
    unit: 'seconds',
    most: smooth,
  };
}
