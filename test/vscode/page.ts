import { setTimeout as delay } from 'node:timers/promises';
import type { FrameLocator } from 'playwright-core';
import type { Workbench } from './workbench.ts';

/** The page in front; others are kept, hidden. */
export function pageOf({ page }: Workbench): FrameLocator {
  return page.locator('iframe.webview.ready:visible').contentFrame().locator('#active-frame').contentFrame();
}

/** Opens a page by its address (`writeView`), as a link does that somebody sent. */
export async function openPage(bench: Workbench, view: string): Promise<void> {
  // A palette that fades out takes no text.
  await bench.quickInput.waitFor({ state: 'hidden' });
  await delay(300);
  await bench.command('Developer: Open URL');
  await bench.answer(/URL/, `code-oss://forebay.forebay/view?${view}`);
  await bench.quickInput.waitFor({ state: 'hidden' });
}

/** Has the page in front show another view, as the extension tells it when a link names one that is open. */
export async function turnPage(bench: Workbench, view: string): Promise<void> {
  await root(bench).evaluate((_, show) => window.postMessage(show, '*'), { kind: 'show', view });
  await painted(bench);
}

/** Once what was read is drawn. */
export async function drawn(bench: Workbench): Promise<void> {
  await pageOf(bench).locator('.fb-waiting').waitFor({ state: 'detached' });
  await painted(bench);
}

const root = (bench: Workbench) => pageOf(bench).locator('.fb-root');

/** The second frame from now begins when the first is on screen. */
const painted = (bench: Workbench) =>
  root(bench).evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Once what was read is drawn, and the palette has faded out. */
export async function settled(bench: Workbench): Promise<void> {
  await drawn(bench);
  await delay(600);
}
