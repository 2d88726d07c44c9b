import type { Page } from 'playwright-core';
import { timed } from '../page.ts';

/** From the press on the name of the newest run, in the open table, to its chart with all that stands for the points: seconds. */
export async function openChart(page: Page, run: string, key: string): Promise<number> {
  await page.locator('[role=columnheader] button[title^=Started]').click();
  const link = `document.querySelector('.fb-grid-row .fb-text-button')`;
  await page.waitForFunction(`(${link})?.textContent === ${JSON.stringify(run)}`);
  const chart = `document.querySelector('.fb-chart[aria-label=${key}]')`;
  return timed(page, link, `${chart}?.querySelector('canvas') && ${chart}.querySelector('.fb-readout b')`);
}
