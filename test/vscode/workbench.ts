import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { keepPicture } from '../support/browser/pictures.ts';

/** VS Code's window as a person works it: keys, palette, trees, notifications. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    page.setDefaultTimeout(20_000);
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.page.locator('.monaco-workbench .activitybar').waitFor({ timeout: 60_000 });
  }

  /** Runs a command by its title, through the palette. */
  async command(title: string): Promise<void> {
    const input = this.quickInput.locator('input.input').first();
    await this.page.keyboard.press('F1');
    // Pressed while another list fades out, the key closes that one.
    await input.fill(`>${title}`, { timeout: 3000 }).catch(async () => {
      await this.page.keyboard.press('F1');
      await input.fill(`>${title}`);
    });
    // Before what was typed counts, the list has the title somewhere and another line chosen.
    await this.quickInput.locator('.monaco-list-row.focused', { hasText: title }).waitFor();
    await this.page.keyboard.press('Enter');
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:not([style*="display: none"])');
  }

  /** A line of the open quick pick. */
  choice(text: string | RegExp): Locator {
    return this.quickInput.locator('.monaco-list-row', { hasText: text });
  }

  /** Chooses a line of the quick pick that asks this. */
  async pick(asked: string, text: string | RegExp): Promise<void> {
    const question = this.quickInput.getByPlaceholder(asked, { exact: true });
    await question.waitFor();
    await clickUntil(this.choice(text).first(), async () => !(await question.isVisible()));
  }

  /** Types the whole line and takes it. */
  async choose(line: string, timeout = 20_000): Promise<void> {
    await this.choice(/./).first().waitFor({ timeout });
    await this.quickInput.locator('input.input').first().fill(line, { timeout });
    await this.quickInput.locator('.monaco-list-row.focused', { hasText: line }).waitFor({ timeout });
    await this.page.keyboard.press('Enter');
  }

  /** Answers the open input box, once it shows what it asks. */
  async answer(asked: string | RegExp, text: string): Promise<void> {
    await this.quickInput.filter({ hasText: asked }).waitFor();
    await this.quickInput.locator('input.input').first().fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Opens `folder` in VS Code's own folder dialog and takes it. */
  async chooseFolder(asked: string, folder: string, button = 'Sync folder'): Promise<void> {
    const title = this.page.locator('.quick-input-title', { hasText: asked });
    const dialog = this.quickInput.filter({ has: title });
    await dialog.locator('.monaco-list-row', { hasText: folder }).click();
    await expect
      .poll(() => dialog.locator('input.input').first().inputValue(), { timeout: 20_000 })
      .toMatch(new RegExp(`/${folder}/?$`));
    // The dialog is deaf to its button while it reads the folder.
    await clickUntil(dialog.getByRole('button', { name: button }), async () => !(await title.isVisible()));
  }

  async openSideBar(title: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: title, exact: true });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  }

  view(title: string): Locator {
    return this.page.locator('.sidebar .pane', {
      has: this.page.locator('.pane-header', { hasText: title }),
    });
  }

  /** A row of a tree by its accessible text. */
  row(view: string, text: string | RegExp): Locator {
    return this.view(view).getByRole('treeitem', { name: text });
  }

  async expand(row: Locator): Promise<void> {
    await row.waitFor();
    const isOpen = async () => (await row.getAttribute('aria-expanded')) === 'true';
    if (!(await isOpen())) await clickUntil(row.locator('.monaco-tl-twistie'), isOpen);
  }

  async collapse(row: Locator): Promise<void> {
    if ((await row.getAttribute('aria-expanded')) === 'true') await row.locator('.monaco-tl-twistie').click();
  }

  /** Chooses from a row's context menu. */
  async menu(row: Locator, item: string): Promise<void> {
    await row.click({ button: 'right' });
    // A menu ignores the mouse's button for a moment after it opens.
    await this.menuItem(item).hover();
    await this.page.keyboard.press('Enter');
  }

  /** A line of the open context menu by its words, whatever keys stand beside them. */
  menuItem(item: string): Locator {
    const words = this.page.locator('.action-label').getByText(item, { exact: true });
    return this.page.locator('.context-view').getByRole('menuitem').filter({ has: words });
  }

  /** Opens the page of a row whose words change while it is clicked: the editor draws it anew, and hears nothing. */
  async openPageOf(row: Locator, title: string): Promise<void> {
    const tab = this.page.getByRole('tab', { name: new RegExp(`^${title}`) });
    await clickUntil(row, () => tab.first().isVisible());
  }

  /** Follows a link in a text, which the editor hears only once it knows that the key is held. */
  async follow(link: Locator, opened: Locator): Promise<void> {
    await clickUntil(link, () => opened.isVisible(), { modifiers: ['Control'] });
  }

  /** An icon that a row shows while the mouse is over it. */
  async inline(row: Locator, title: string): Promise<void> {
    await row.hover();
    await row.getByRole('button', { name: title }).click();
  }

  /** Quick open by name. */
  async openFile(name: string): Promise<void> {
    const choose = async () => {
      await this.page.keyboard.press('Control+P');
      await this.quickInput.locator('input.input').first().fill(name, { timeout: 5000 });
      // Rows move while the files are searched: a click would hit another one.
      const row = this.quickInput.locator('.monaco-list-row.focused', { hasText: name });
      await row.waitFor({ timeout: 15_000 });
      await this.page.keyboard.press('Enter');
    };
    // An editor that gets the focus late closes quick open.
    await choose().catch(async () => {
      // Where it is still open, the key would go through its lines.
      await this.page.keyboard.press('Escape');
      await this.quickInput.waitFor({ state: 'detached' });
      await choose();
    });
    await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).waitFor();
  }

  /** A file that the explorer shows. Quick open may not know one that was only just written. */
  async openInExplorer(name: string): Promise<void> {
    const explorer = this.page.locator('.activitybar').getByRole('tab', { name: /^Explorer/ });
    if ((await explorer.getAttribute('aria-selected')) !== 'true') await explorer.click();
    await this.page.locator('.explorer-folders-view').getByRole('treeitem', { name, exact: true }).dblclick();
    await this.page.getByRole('tab', { name: new RegExp(`^${name}`) }).waitFor();
  }

  async clearNotifications(): Promise<void> {
    await this.command('Notifications: Clear All Notifications');
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast', { hasText: literally(text) }).first();
  }

  /** Presses a button of a message, which closes it. While others come and go a message moves, and a click may miss it. */
  async press(text: string | RegExp, button: string): Promise<void> {
    const pressed = this.notification(text).getByRole('button', { name: button });
    await clickUntil(pressed, async () => !(await pressed.isVisible()));
  }

  /** Once the palette has faded out. */
  async screenshot(name: string): Promise<void> {
    await this.page.locator('.quick-input-widget').first().waitFor({ state: 'hidden' });
    await this.photograph(name);
  }

  /** As it is. */
  photograph(name: string): Promise<void> {
    return keepPicture(this.page, `vscode-${name}`);
  }
}

/**
 * Clicks as a person does who sees that nothing happens: a row that the editor draws anew between press and release
 * hears neither.
 */
async function clickUntil(
  target: Locator,
  heard: () => Promise<boolean>,
  how: Parameters<Locator['click']>[0] = {},
): Promise<void> {
  await target.click(how);
  for (let nth = 1; !(await isSoon(heard)); nth++) {
    if (nth === 5) throw new Error(`Nothing happened after ${nth} clicks on ${target}.`);
    await target.click(how);
  }
}

/** Words as Playwright looks for them would be found in any case: 'Pinned 2 versions' in 'Unpinned 2 versions' too. */
const literally = (text: string | RegExp) =>
  typeof text === 'string' ? new RegExp(text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')) : text;

async function isSoon(heard: () => Promise<boolean>): Promise<boolean> {
  for (let nth = 0; nth < 30; nth++) {
    if (await heard()) return true;
    await delay(100);
  }
  return false;
}
