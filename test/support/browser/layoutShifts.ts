import type { Page } from 'playwright-core';

/** From the next page load on, notes what moves by itself: without a key or a click in the half second before. */
export async function watchLayoutShifts(page: Page): Promise<void> {
  await page.addInitScript(`
    window.layoutShifts = [];
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries())
        if (!hadRecentInput) window.layoutShifts.push({ value, nodes: sources.map(({ node }) => node) });
    }).observe({ type: 'layout-shift', buffered: true });
  `);
}

/** What has moved since within an element: how much of the window times how far (Layout Instability, W3C), and what. */
export function layoutShiftsIn(page: Page, selector: string): Promise<{ sum: number; moved: string[] }> {
  return page.evaluate(`(() => {
    const within = (node) => node?.parentElement?.closest(${JSON.stringify(selector)});
    const shifts = window.layoutShifts.filter(({ nodes }) => nodes.some(within));
    const moved = shifts.flatMap(({ nodes }) => nodes.filter(within)).map((node) => node.className || node.nodeName);
    return { sum: shifts.reduce((sum, { value }) => sum + value, 0), moved };
  })()`);
}
