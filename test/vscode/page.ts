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

/** Once what was read is drawn, and the palette has faded out. */
export async function settled(bench: Workbench): Promise<void> {
  await pageOf(bench).locator('.fb-waiting').waitFor({ state: 'detached' });
  await delay(600);
}
