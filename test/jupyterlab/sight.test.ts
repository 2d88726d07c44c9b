import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFinds } from '../support/browser/axe.ts';
import { keepFailures } from '../support/browser/failures.ts';
import { layoutShiftsIn, watchLayoutShifts } from '../support/browser/layoutShifts.ts';
import { drawScan } from '../support/data/scan.ts';
import { seeded } from '../support/data/tree.ts';
import { type Home, newHome } from '../support/home.ts';
import type { JupyterLab } from '../support/servers/jupyterlab.ts';
import { Lab } from './lab.ts';
import { openLab } from './workplace.ts';

let home: Home;
let server: JupyterLab;
let browser: Browser;
let lab: Lab;

const dataset = 'chest-scans-of-2024';
const window = { width: 1280, height: 800 };
/** The same window at 200%: half its size, each pixel twice. */
const zoomed = { width: 640, height: 400 };

beforeAll(async () => {
  home = await newHome();
  const folder = home.path('work', 'scans');
  const random = seeded(3);
  for (const kind of ['mass', 'normal']) {
    await mkdir(join(folder, kind), { recursive: true });
    for (let nth = 0; nth < 6; nth++) await writeFile(join(folder, kind, `${nth}.png`), drawScan(48, random));
  }
  await writeFile(join(folder, 'labels.csv'), 'file,finding\nmass/0.png,mass\n');
  await home.run('-C', folder, 'data', 'init', dataset);
  await home.json('-C', folder, 'data', 'sync', '-m', 'as they came from the hospital');
  await writeFile(join(folder, 'labels.csv'), 'file,finding\nmass/0.png,normal\n');
  await home.json('-C', folder, 'data', 'sync', '-m', 'second opinion');
  await home.run('cache', 'add', `${dataset}@v2`);
  await home.run('cache', 'pin', `${dataset}@v2`);
  const opened = await openLab(home);
  ({ server, browser } = opened);
  await opened.lab.page.close();
  const context = await browser.newContext({ viewport: window, deviceScaleFactor: 2 });
  lab = new Lab(await context.newPage());
  await watchLayoutShifts(lab.page);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
keepFailures((name) => lab?.screenshot(name));

/** Pages, and what stands there once they are read. */
const pages: Record<string, [view: string, seen: string]> = {
  datasets: ['datasets', dataset],
  versions: [`dataset?dataset=${dataset}`, 'second opinion'],
  files: [`dataset?dataset=${dataset}&tab=files&version=2`, 'labels.csv'],
  statistics: [`dataset?dataset=${dataset}&tab=statistics&version=2`, 'mass'],
  diff: [`diff?dataset=${dataset}&from=1&to=2`, 'labels.csv'],
  caches: ['caches', dataset],
  runs: ['runs', 'No runs yet'],
  setup: ['setup', 'Test lake'],
};
const shown = '.fb-root:not(.lm-mod-hidden)';

/** Controls that nobody can reach, since they lie beyond the page's right edge and nothing scrolls to them. */
const cut = () =>
  lab.page.evaluate<string[]>(`(() => {
    const right = document.querySelector('${shown}').getBoundingClientRect().right;
    return [...document.querySelectorAll('${shown} :is(button, input, select, a)')]
      .filter((each) => !each.closest('.fb-grid, .fb-scroll, table') && each.getBoundingClientRect().width > 0)
      .filter((each) => each.getBoundingClientRect().right > right + 1)
      .map((each) => each.textContent || each.ariaLabel || each.className);
  })()`);

/** A narrow page leaves out columns once it has been measured. */
async function drawn(seen: string): Promise<void> {
  await lab.page.locator(shown).getByText(seen).first().waitFor({ state: 'attached' });
  await expect.poll(() => lab.page.locator(`${shown} [aria-busy=true]`).count(), { timeout: 20_000 }).toBe(0);
}

/** Of the sum of all that moves by itself, what nobody sees; above 0.1 a page counts as unsteady (web.dev/cls). */
const steady = 0.01;

/** JupyterLab has one theme of high contrast. */
const themes = ['JupyterLab Light', 'JupyterLab Dark High Contrast'] as const;

describe('in the light and in high contrast', () => {
  test.each(Object.entries(pages))(
    '%s stands still as it opens, and is whole at 200%%, for screen readers too',
    async (name, [view, seen]) => {
      const address = new URL(server.url);
      address.searchParams.set('forebay', view);
      await lab.open(address.href);
      await drawn(seen);
      const { sum, moved } = await layoutShiftsIn(lab.page, shown);
      expect(sum, `${name}: ${moved.join(', ')} moved`).toBeLessThan(steady);
      // A person who needs 200% closes the side bar.
      const sideBar = lab.page.locator('#jp-left-stack');
      if (await sideBar.isVisible()) await lab.page.keyboard.press('Control+b');
      await sideBar.waitFor({ state: 'hidden' });
      for (const theme of themes) {
        await lab.theme(theme);
        await lab.page.setViewportSize(zoomed);
        await drawn(seen);
        await lab.lookAway();
        await lab.screenshot(`sight-${theme.slice(11).replaceAll(' ', '-')}-${name}`);
        const page = lab.page.locator(`${shown} .fb-page`);
        expect(await page.evaluate((node) => node.scrollWidth - node.clientWidth)).toBeLessThanOrEqual(0);
        expect(await cut()).toEqual([]);
        expect(await axeFinds(lab.page, shown)).toEqual([]);
        await lab.page.setViewportSize(window);
      }
    },
  );

  test('the side bar and the status bar are whole', async () => {
    await lab.openPanel();
    await lab.row(new RegExp(`^${dataset}`)).waitFor();
    for (const theme of themes) {
      await lab.theme(theme);
      await lab.lookAway();
      await lab.screenshot(`sight-${theme.slice(11).replaceAll(' ', '-')}-side-bar`);
      expect(await axeFinds(lab.page, '#forebay-panel')).toEqual([]);
      expect(await axeFinds(lab.page, '.fb-status')).toEqual([]);
    }
  });
});
