import type { Page } from 'playwright-core';
import type { AloneLine } from '../report/results.ts';

/** Frames of scrolling that are timed, each as far on as a fast wheel goes: 7,200 pixels, 300 rows a second. */
const frames = 240;
const pixelsAFrame = 120;

/**
 * Presses what `button` finds and waits until `shown` is true, frame by frame, in the page itself. Seconds from the press
 * to the frame in which it is painted.
 */
export function timed(page: Page, button: string, shown: string): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) => {
    const begun = performance.now();
    (${button}).click();
    const look = () => requestAnimationFrame(() => {
      if (!(${shown})) return look();
      requestAnimationFrame(() => resolve((performance.now() - begun) / 1000));
    });
    look();
  })`);
}

/** The longest of 95 of 100 frames while what `scroller` finds is scrolled. */
export async function scrolling(page: Page, scroller: string): Promise<AloneLine> {
  const times = await page.evaluate<number[]>(`new Promise((resolve) => {
    const scroller = ${scroller};
    const end = scroller.scrollHeight - scroller.clientHeight;
    const times = [];
    let last = performance.now();
    const step = () => requestAnimationFrame((now) => {
      times.push(now - last);
      last = now;
      if (times.length > ${frames}) return resolve(times.slice(1));
      scroller.scrollTop = Math.min(end, times.length * ${pixelsAFrame});
      step();
    });
    step();
  })`);
  const slow = times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? Number.NaN;
  return {
    title: 'a frame while 300 rows a second are scrolled (95 of 100 take at most)',
    value: slow / 1000,
    unit: 'seconds',
    most: 0.0175,
  };
}
