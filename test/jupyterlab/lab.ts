import type { Locator, Page, Response } from 'playwright-core';
import { expect } from 'vitest';
import { keepPicture } from '../support/browser/pictures.ts';

type Theme = `JupyterLab ${'Light' | 'Dark' | 'Dark High Contrast'}`;

/** In the page: under which all of its server's addresses lie, with a slash at its end. */
export const baseUrl = `JSON.parse(document.getElementById('jupyter-config-data').textContent).baseUrl`;

/** JupyterLab's window as a person works it: side bar, palette, notebook, notifications. */
export class Lab {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(url: string): Promise<void> {
    const { page } = this;
    const isSave = (answer: Response) =>
      answer.request().method() === 'PUT' && answer.url().includes('/api/workspaces/');
    const saved = page.waitForResponse(isSave, { timeout: 60_000 });
    await page.goto(url);
    // Hidden where the side bar was closed.
    await page.locator('#jp-left-stack').waitFor({ state: 'attached', timeout: 60_000 });
    await page.locator('#jupyterlab-splash').waitFor({ state: 'detached', timeout: 60_000 });
    // Restored: what is opened before is gone again.
    await page.locator('#jp-main-dock-panel .lm-TabBar-tab').first().waitFor({ timeout: 60_000 });
    // Once it has saved its workspace JupyterLab runs a last command of its start, which closes a palette.
    await saved;
    await page.evaluate('new Promise(requestAnimationFrame)');
  }

  /** Waits until the workspace that JupyterLab keeps of this window says so. */
  async saved(words: string): Promise<void> {
    // JupyterHub asks for it even of who only reads.
    const headers = `{ 'X-XSRFToken': /_xsrf=([^;]+)/.exec(document.cookie)?.[1] }`;
    const ask = `fetch(${baseUrl} + 'lab/api/workspaces', { headers: ${headers} })`;
    const read = () => this.page.evaluate<string>(`${ask}.then((answer) => answer.text())`);
    await expect.poll(read, { timeout: 20_000 }).toContain(words);
  }

  async reload(): Promise<void> {
    await this.open(this.page.url());
  }

  /** The page of ours that is in front. */
  get front(): Locator {
    return this.page.locator('.fb-root:not(.lm-mod-hidden)');
  }

  get panel(): Locator {
    return this.page.locator('#forebay-panel');
  }

  async openPanel(): Promise<void> {
    const tab = this.page.getByRole('tab', { name: 'Forebay: datasets and caches' });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
    await this.panel.waitFor();
  }

  get tree(): Locator {
    return this.panel.getByRole('tree', { name: 'Datasets and their versions' });
  }

  /** A row of the tree by what a screen reader says of it. */
  row(name: string | RegExp): Locator {
    return this.tree.getByRole('treeitem', { name });
  }

  section(name: string | RegExp): Locator {
    return this.panel.getByRole('region', { name });
  }

  /** An icon that a row shows while the mouse is over it. */
  async act(row: Locator, action: string): Promise<void> {
    await row.hover({ position: { x: 30, y: 12 } });
    await row.getByRole('button', { name: action }).click();
  }

  /** Chooses from a row's context menu. */
  async menu(row: Locator, item: string): Promise<void> {
    await row.click({ button: 'right', position: { x: 30, y: 12 } });
    await this.page.locator('.lm-Menu').getByRole('menuitem', { name: item, exact: true }).click();
  }

  /** Runs a command by its label, through the palette. */
  async command(label: string): Promise<void> {
    const palette = this.page.locator('.lm-CommandPalette');
    const choose = async (timeout: number) => {
      await this.page.keyboard.press('Control+Shift+C');
      await palette.locator('input').fill(label, { timeout });
      await palette.locator('.lm-CommandPalette-item.lm-mod-active', { hasText: label }).waitFor({ timeout });
    };
    // JupyterLab's own router runs a command each time it has saved its workspace, and any command closes the palette.
    await choose(4000).catch(() => choose(20_000));
    await this.page.keyboard.press('Enter');
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.Toastify__toast', { hasText: text });
  }

  async closeNotifications(): Promise<void> {
    const toasts = this.page.locator('.Toastify__toast');
    // All at once: each closes by itself too, and then there are fewer.
    await toasts.locator('.jp-Notification-Toast-Close').evaluateAll((closes) => {
      for (const close of closes) (close as HTMLElement).click();
    });
    await expect.poll(() => toasts.count(), { timeout: 10_000 }).toBe(0);
  }

  dialog(title: string | RegExp): Locator {
    return this.page.locator('.jp-Dialog', { hasText: title });
  }

  get cells(): Locator {
    return this.page.locator('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-CodeCell');
  }

  /** The code of a cell as it stands. */
  async code(cell: Locator): Promise<string> {
    const lines = await cell.locator('.cm-line').allTextContents();
    return lines.join('\n');
  }

  /** Opens a notebook of the workspace from the file browser, and waits for its kernel. */
  async openNotebook(name: string): Promise<void> {
    // Pressed again, an open side bar closes.
    const files = this.page.getByRole('tab', { name: /File Browser/ });
    if ((await files.getAttribute('aria-selected')) !== 'true') await files.click();
    await this.page.locator('.jp-DirListing-item', { hasText: name }).dblclick();
    await this.page.locator('.jp-NotebookPanel .jp-Notebook').waitFor();
    // Running a cell before its kernel is there asks for a kernel.
    await this.page.locator('.jp-StatusBar-Widget').getByText('Python 3 (ipykernel) | Idle').waitFor();
  }

  /** A new cell below the active one, with this code. */
  async addCell(code: string): Promise<void> {
    const before = await this.cells.count();
    await this.command('Insert Cell Below');
    await expect.poll(() => this.cells.count(), { timeout: 10_000 }).toBe(before + 1);
    await this.page.locator('.jp-Cell.jp-mod-active .cm-content').fill(code);
  }

  async runActiveCell(): Promise<void> {
    await this.page.keyboard.press('Control+Enter');
    await this.page.locator('.jp-Cell.jp-mod-active .jp-InputPrompt', { hasText: /\[\d+\]/ }).waitFor();
  }

  /** What the notebook's cells printed. */
  output(text: string): Locator {
    return this.page.locator('.jp-OutputArea-output', { hasText: text });
  }

  async shutDownKernel(): Promise<void> {
    await this.page.locator('.lm-MenuBar-item', { hasText: 'Kernel' }).click();
    await this.page.locator('.lm-Menu').getByRole('menuitem', { name: 'Shut Down Kernel' }).click();
  }

  /** Through the palette, as a person changes it. */
  async theme(name: Theme): Promise<void> {
    await this.command(`Use Theme: ${name}`);
    await this.page.locator(`body[data-jp-theme-name="${name}"]`).waitFor({ state: 'attached' });
    await this.page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
  }

  /** Drags the border of the side bar. In pixels. */
  async widenPanel(by: number): Promise<void> {
    const { x, width } = (await this.panel.boundingBox()) ?? { x: 0, width: 0 };
    await this.page.mouse.move(x + width + 1, 400);
    await this.page.mouse.down();
    await this.page.mouse.move(x + width + 1 + by, 400, { steps: 4 });
    await this.page.mouse.up();
  }

  /** Moves the mouse to where it shows nothing. */
  async lookAway(): Promise<void> {
    const { width, height } = this.page.viewportSize() ?? { width: 1280, height: 800 };
    await this.page.mouse.move(width / 2, height - 2);
  }

  screenshot(name: string): Promise<void> {
    return keepPicture(this.page, `jupyterlab-${name}`);
  }
}
