import { mkdir, writeFile } from 'node:fs/promises';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepFailures } from '../support/browser/failures.ts';
import { type Home, newHome } from '../support/home.ts';
import type { JupyterLab } from '../support/servers/jupyterlab.ts';
import type { Lab } from './lab.ts';
import { openLab } from './workplace.ts';

/** A whole way with no mouse: nothing here clicks, fills or gives the focus. */
let home: Home;
let server: JupyterLab;
let browser: Browser;
let lab: Lab;

const labels = () => home.path('work', 'scans', 'tables', 'labels.csv');

beforeAll(async () => {
  home = await newHome();
  await mkdir(home.path('work', 'scans', 'tables'), { recursive: true });
  await writeFile(labels(), 'file,finding\n0.png,mass\n');
  await writeFile(home.path('work', 'scans', 'README.md'), '# Scans\n');
  ({ server, browser, lab } = await openLab(home));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
keepFailures((name) => lab?.screenshot(name));

const press = (key: string) => lab.page.keyboard.press(key);
const type = (text: string) => lab.page.keyboard.type(text);
const page = () => lab.front;
const hasFocus = (target: Locator) =>
  target.evaluateAll((found) => found.some((each) => each === each.ownerDocument.activeElement));
const focused = (target: Locator) => expect.poll(() => hasFocus(target)).toBe(true);

/** On a page of ours, what has the focus, or the row that it stands for, looks otherwise than it does without. */
async function showsFocus(): Promise<void> {
  const look = () =>
    lab.page.evaluate(() => {
      const holder = document.activeElement;
      if (!holder?.closest('.fb-root')) return 'elsewhere';
      const id = holder.getAttribute('aria-activedescendant');
      const drawn = (id && document.getElementById(id)) || holder;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(drawn);
      const ring = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
      return ring || boxShadow !== 'none' ? 'seen' : drawn.outerHTML.slice(0, 200);
    });
  await expect.poll(look).toMatch(/^(seen|elsewhere)$/);
}

/** Goes on with one key until this has the focus. */
async function goTo(target: Locator, key = 'Tab', most = 60): Promise<void> {
  await target.first().waitFor();
  for (let pressed = 0; pressed < most; pressed++) {
    if (await hasFocus(target)) return showsFocus();
    await press(key);
  }
  throw new Error(`${most} times ${key} don't lead to ${target}.`);
}

async function command(label: string): Promise<void> {
  await press('Control+Shift+C');
  await lab.page.locator('.jp-ModalCommandPalette').waitFor();
  await type(label);
  await lab.page.locator('.lm-CommandPalette-item.lm-mod-active', { hasText: label }).waitFor();
  await press('Enter');
}

/** Takes what a dialog offers. */
async function agree(title: string): Promise<void> {
  await focused(lab.dialog(title).locator('input, button.jp-mod-accept'));
  await press('Enter');
  await lab.dialog(title).waitFor({ state: 'detached' });
}

/** *Sync folder as new version…* from the menu of the folder that has the focus in the file browser, with a message. */
async function syncFolder(title: string, change: string, message: string): Promise<void> {
  const folder = lab.page.locator('#filebrowser .jp-DirListing-itemText', { hasText: 'scans' });
  await goTo(folder, 'Shift+Tab');
  await press('Shift+F10');
  await goTo(lab.page.locator('.lm-Menu-item', { hasText: 'Sync folder as new version…' }), 'ArrowDown');
  await press('Enter');
  const dialog = lab.dialog(title);
  await dialog.getByText(change).waitFor();
  await focused(dialog.getByRole('button', { name: 'Sync', exact: true }));
  await goTo(dialog.getByRole('textbox', { name: 'Message' }), 'Shift+Tab');
  await type(message);
  await press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await focused(folder);
}

test('a folder is synced from its menu, and has the focus again', async () => {
  await syncFolder('Sync scans as a new dataset', '+2 added', 'as they came');
  await lab.notification(/scans@v1: 2 files/).waitFor();
  await writeFile(labels(), 'file,finding\n0.png,normal\n');
  await syncFolder('Sync scans as a new version of scans', '~1 changed', 'second opinion');
  await lab.notification(/scans@v2: 2 files/).waitFor();
});

test("the dataset's page is opened, and its files are looked at", async () => {
  await command('Open dataset');
  await agree('Open dataset');
  await page().getByRole('heading', { name: 'scans' }).waitFor();
  await focused(page());
  // A menu gives the focus back to what opened it.
  await goTo(page().getByRole('button', { name: 'More' }));
  await press('Enter');
  await goTo(page().getByRole('button', { name: 'Copy name' }));
  await press('Enter');
  await focused(page().getByRole('button', { name: 'More' }));
  await goTo(page().getByRole('tab', { name: 'Versions' }));
  await press('ArrowRight');
  const files = page().getByRole('grid', { name: 'Files' });
  await goTo(files);
  await files.getByText('tables').waitFor();
  await press('Home');
  await press('Enter');
  await files.getByText('labels.csv').waitFor();
  await press('Space');
  await page().getByRole('cell', { name: 'normal' }).or(page().getByText('0.png,normal')).first().waitFor();
  await lab.screenshot('keyboard-files');
});

test('two versions are compared', async () => {
  await goTo(page().getByRole('tab', { name: 'Files' }), 'Shift+Tab');
  await press('ArrowLeft');
  const versions = page().getByRole('grid', { name: 'Versions of scans' });
  await goTo(versions);
  await press('Home');
  await press('Space');
  await press('ArrowDown');
  await press('Space');
  await goTo(page().getByRole('button', { name: 'Compare v1 … v2' }), 'Shift+Tab');
  await press('Enter');
  const changes = page().getByRole('tree', { name: 'What changed from v1 to v2' });
  await goTo(changes);
  await press('n');
  await page().getByRole('deletion').or(page().locator('del')).getByText('mass').first().waitFor();
  await lab.screenshot('keyboard-compare');
});

test('a version is cached from its row and from the head, and the focus stays', async () => {
  await command('Open dataset');
  await agree('Open dataset');
  // Where it was when the page was left.
  await focused(page().getByRole('button', { name: 'Compare v1 … v2' }));
  const versions = page().getByRole('grid', { name: 'Versions of scans' });
  await goTo(versions);
  // However many rows there are, none of their buttons is a stop of the Tab key.
  const stops = await versions
    .getByRole('rowgroup')
    .locator('button, input')
    .evaluateAll((found) => found.map((each) => (each as HTMLElement).tabIndex));
  expect([...new Set(stops)]).toEqual([-1]);
  await press('End');
  await goTo(versions.getByRole('button', { name: 'Cache version' }).last(), 'ArrowRight');
  await press('Enter');
  await lab.notification(/scans@v1 is ready/).waitFor();
  await focused(versions);
  await goTo(page().getByRole('button', { name: 'Cache v2' }), 'Shift+Tab');
  await press('Enter');
  await lab.notification(/scans@v2 is ready/).waitFor();
  await focused(page().getByRole('button', { name: 'Clear v2' }));
  await lab.screenshot('keyboard-cached');
});

test('the side bar is gone to, and a version cleared and cached there', async () => {
  await command('Show Forebay side bar');
  await focused(lab.tree);
  await press('Home');
  await press('ArrowRight');
  await press('ArrowRight');
  const details = lab.section('About scans@v2');
  await goTo(details.getByRole('button', { name: 'Clear from cache' }));
  await press('Enter');
  await lab.row(/^v2, .* In the lake only$/).waitFor();
  await focused(details);
  await goTo(details.getByRole('button', { name: 'Cache version', exact: true }));
  await press('Enter');
  await lab.row(/^v2, .* Cached on local$/).waitFor();
  await focused(details);
  await lab.screenshot('keyboard-side-bar');
});

test('a notebook gets the code, and runs it', async () => {
  await command('New Notebook');
  await agree('Select Kernel');
  await lab.page.locator('.jp-StatusBar-Widget').getByText('Python 3 (ipykernel) | Idle').waitFor();
  await command('Insert mount code');
  await agree('Insert mount code');
  const cell = lab.page.locator('.jp-Cell.jp-mod-active');
  await expect.poll(() => lab.code(cell)).toContain('forebay.mount("scans@v2")');
  await focused(cell);
  await press('Control+Enter');
  await lab.page.locator('.fb-mounted').getByText('scans@v2').waitFor();
  await lab.screenshot('keyboard-notebook');
});
