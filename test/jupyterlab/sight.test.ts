import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFinds } from '../support/axe.ts';
import { type Home, newHome } from '../support/home.ts';
import type { JupyterLab } from '../support/jupyterlab.ts';
import { drawScan } from '../support/scan.ts';
import { seeded } from '../support/tree.ts';
import { Lab } from './lab.ts';
import { openLab } from './workplace.ts';

let home: Home;
let server: JupyterLab;
let browser: Browser;
/** At 200%: half the window's size, twice its pixels. */
let lab: Lab;

const name = 'chest-scans-of-2024';

beforeAll(async () => {
  home = await newHome();
  const folder = home.path('work', 'scans');
  const random = seeded(3);
  for (const kind of ['mass', 'normal']) {
    await mkdir(join(folder, kind), { recursive: true });
    for (let nth = 0; nth < 6; nth++) await writeFile(join(folder, kind, `${nth}.png`), drawScan(48, random));
  }
  await writeFile(join(folder, 'labels.csv'), 'file,finding\nmass/0.png,mass\n');
  await home.run('-C', folder, 'data', 'init', name);
  await home.json('-C', folder, 'data', 'sync', '-m', 'as they came from the hospital');
  await writeFile(join(folder, 'labels.csv'), 'file,finding\nmass/0.png,normal\n');
  await home.json('-C', folder, 'data', 'sync', '-m', 'second opinion');
  await home.run('cache', 'add', `${name}@v2`);
  await home.run('cache', 'pin', `${name}@v2`);
  const opened = await openLab(home);
  ({ server, browser } = opened);
  const context = await browser.newContext({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
  lab = new Lab(await context.newPage());
  await lab.open(server.url);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});

const pages: Record<string, string> = {
  datasets: 'datasets',
  versions: `dataset?dataset=${name}`,
  files: `dataset?dataset=${name}&tab=files&version=2`,
  statistics: `dataset?dataset=${name}&tab=statistics&version=2`,
  diff: `diff?dataset=${name}&from=1&to=2`,
  caches: 'caches',
  caching: `caching?of=${name}@v1`,
  setup: 'setup',
};
const shown = '.fb-root:not(.lm-mod-hidden)';

async function open(view: string): Promise<void> {
  const address = new URL(server.url);
  address.searchParams.set('forebay', view);
  await lab.open(address.href);
  // The page has the room that is left beside a closed side bar.
  const files = lab.page
    .getByRole('tab', { selected: true })
    .and(lab.page.locator('.jp-SideBar .lm-TabBar-tab'));
  if ((await files.count()) > 0) await files.first().click();
  await lab.page.locator(`${shown} .fb-page`).waitFor();
  await expect.poll(() => lab.page.locator(`${shown} [aria-busy=true]`).count()).toBe(0);
}

/** Parts of the page that would have to be scrolled across, but for tables: those have columns. */
const wide = () =>
  lab.page.evaluate<
    string[]
  >(`[...document.querySelectorAll('${shown}, ${shown} .fb-page, ${shown} .fb-page *')]
    .filter((each) => !each.closest('.fb-grid, .fb-scroll, table, pre'))
    .filter((each) => /auto|scroll/.test(getComputedStyle(each).overflowX) && each.scrollWidth > each.clientWidth + 1)
    .map((each) => each.className + ' ' + each.scrollWidth + ' > ' + each.clientWidth)`);

/** Controls that nobody can reach, since they lie beyond the page's right edge and nothing scrolls to them. */
const cut = () =>
  lab.page.evaluate<string[]>(`(() => {
    const right = document.querySelector('${shown}').getBoundingClientRect().right;
    return [...document.querySelectorAll('${shown} :is(button, input, select, a)')]
      .filter((each) => !each.closest('.fb-grid, .fb-scroll, table') && each.getBoundingClientRect().width > 0)
      .filter((each) => each.getBoundingClientRect().right > right + 1)
      .map((each) => each.textContent || each.ariaLabel || each.className);
  })()`);

describe.each(['Light', 'Dark'] as const)('in high contrast, %s, at 200%%', (brightness) => {
  test.each(Object.keys(pages))('%s is whole, and nothing keeps anybody from it', async (key) => {
    await open(pages[key] ?? '');
    const theme = `JupyterLab ${brightness} High Contrast` as const;
    if ((await lab.page.locator(`body[data-jp-theme-name="${theme}"]`).count()) === 0) await lab.theme(theme);
    await lab.lookAway();
    await lab.screenshot(`sight-${brightness.toLowerCase()}-${key}`);
    expect(await wide()).toEqual([]);
    expect(await cut()).toEqual([]);
    expect(await axeFinds(lab.page, shown)).toEqual([]);
  });

  test('the side bar too', async () => {
    await lab.openPanel();
    await lab.row(new RegExp(name)).first().waitFor();
    await lab.screenshot(`sight-${brightness.toLowerCase()}-side-bar`);
    expect(await lab.panel.evaluate((panel) => panel.scrollWidth - panel.clientWidth)).toBeLessThanOrEqual(1);
    expect(await axeFinds(lab.page, '#forebay-panel')).toEqual([]);
  });
});
