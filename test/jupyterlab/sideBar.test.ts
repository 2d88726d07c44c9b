import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Route } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepFailures } from '../support/browser/failures.ts';
import { type Home, newHome } from '../support/home.ts';
import type { Lab } from './lab.ts';
import { longName, type OpenLab, openLab } from './workplace.ts';

let home: Home;
let open: OpenLab;
let lab: Lab;

/** A folder with one file becomes the next version of a dataset. */
async function sync(dataset: string, content: string): Promise<void> {
  const folder = home.path('work', dataset);
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/notes.txt`, content);
  await home.run('-C', folder, 'data', 'init', dataset);
  await home.json('-C', folder, 'data', 'sync', '-m', content);
}

beforeAll(async () => {
  home = await newHome();
  await mkdir(home.path('work'));
  open = await openLab(home);
  lab = open.lab;
  await sync('mnist', 'first');
  await sync('mnist', 'second');
  await sync(longName, 'first');
  await lab.openPanel();
});
afterAll(async () => {
  await open?.browser.close();
  await open?.server.stop();
  await home?.remove();
});
keepFailures((name) => lab?.screenshot(name));

const api = '**/forebay/api/**';

describe("Forebay's side bar in JupyterLab", () => {
  test('opens from the palette, and from the status bar', async () => {
    await lab.page.getByRole('tab', { name: /File Browser/ }).click();
    await lab.panel.waitFor({ state: 'hidden' });
    await lab.command('Show Forebay side bar');
    await lab.panel.waitFor();
    await lab.page.getByRole('tab', { name: /File Browser/ }).click();
    await lab.page.getByRole('button', { name: 'Forebay: 0 versions cached' }).click();
    await lab.panel.waitFor();
  });

  test('is a tree for the keyboard: arrows open, go in and out, the menu key opens the row', async () => {
    await lab.tree.focus();
    await lab.page.keyboard.press('Home');
    const active = async () => {
      const id = await lab.tree.getAttribute('aria-activedescendant');
      return lab.page.locator(`#${id}`).getAttribute('aria-label');
    };
    expect(await active()).toMatch(/^mnist, /);
    await lab.page.keyboard.press('ArrowRight');
    await lab.row(/^v2, latest/).waitFor();
    await lab.page.keyboard.press('ArrowRight');
    expect(await active()).toMatch(/^v2, latest/);
    expect(await lab.row(/^v2, latest/).getAttribute('aria-level')).toBe('2');
    await lab.page.keyboard.press('Tab');
    expect(await lab.page.evaluate('document.activeElement.getAttribute("aria-label")')).toBe('Open version');
    await lab.page.keyboard.press('Shift+Tab');
    await lab.page.keyboard.press('Shift+F10');
    await lab.page
      .locator('.lm-Menu')
      .getByRole('menuitem', { name: 'Cache version', exact: true })
      .waitFor();
    await lab.page.keyboard.press('Escape');
    await lab.page.keyboard.press('ArrowLeft');
    expect(await active()).toMatch(/^mnist, /);
  });

  test('shows nothing wider than itself at 220 pixels, and shortens long names in the middle', async () => {
    const style = await lab.page.addStyleTag({
      content: '#forebay-panel { min-width: 0 !important; width: 220px !important }',
    });
    const wide = await lab.panel
      .locator('.fb-row, .fb-section, .fb-header, .fb-filter-bar')
      .evaluateAll((parts) =>
        parts.filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.className),
      );
    expect(wide).toEqual([]);
    expect((await lab.panel.boundingBox())?.width).toBe(220);
    const tail = lab.row(new RegExp(`^${longName}`)).getByText(longName.slice(-8), { exact: true });
    expect(await tail.evaluate((part) => part.scrollWidth <= part.clientWidth)).toBe(true);
    await lab.screenshot('220px');
    await lab.row(/^v2, latest/).hover({ position: { x: 30, y: 12 } });
    await lab.screenshot('220px-hover');
    await style.evaluate((element) => (element as HTMLElement).remove());
  });

  test('filters by name, and says when nothing is left', async () => {
    const filter = lab.panel.getByRole('textbox');
    await filter.fill('lung');
    await expect.poll(() => lab.tree.getByRole('treeitem').count()).toBe(1);
    await filter.fill('nothing like it');
    await lab.panel.getByRole('button', { name: 'Clear the filter' }).last().click();
    await lab.row(/^mnist, /).waitFor();
  });

  test('a command of the palette asks for the version, and acts on it', async () => {
    await lab.command('Cache version');
    const dialog = lab.dialog('Cache version');
    await dialog.locator('input').fill('mnist@v1');
    await dialog.getByRole('button', { name: 'Ok' }).click();
    await lab.row(/^v1, .* Cached on local$/).waitFor();
    await lab.command('Clear from cache');
    await lab.dialog('Clear from cache').locator('input').fill('mnist@v7');
    await lab.page.keyboard.press('Enter');
    await lab.notification(/v7.*newest/).waitFor();
    await lab.closeNotifications();
  });

  test('a dataset whose older version is cached says so', async () => {
    const dataset = lab.row(/^mnist, .* latest v2, In the lake only, v1 cached on local$/);
    await dataset.waitFor();
    expect(await dataset.locator('.fb-gauge-water').count()).toBe(1);
  });

  test.each([
    ['JupyterLab Light', 'light'],
    ['JupyterLab Dark', 'dark'],
  ] as const)(
    'the actions of a row cover nothing, and its message tells it apart: %s',
    async (theme, name) => {
      await lab.theme(theme);
      await lab.widenPanel(60);
      await lab.lookAway();
      for (const version of [/^v2, latest/, /^v1, /]) {
        const row = lab.row(version);
        await row.getByText(/^(first|second)$/).waitFor();
        await row.hover({ position: { x: 30, y: 12 } });
        await row.locator('.fb-aside').waitFor({ state: 'hidden' });
        const [what, actions, gauge] = await Promise.all(
          ['.fb-what', '.fb-actions', '.fb-gauge'].map((part) => row.locator(part).boundingBox()),
        );
        expect((what?.x ?? 0) + (what?.width ?? 0)).toBeLessThanOrEqual(actions?.x ?? 0);
        expect((actions?.x ?? 0) + (actions?.width ?? 0)).toBeLessThanOrEqual(gauge?.x ?? 0);
        await lab.screenshot(`hover-${name}-${version.source.slice(1, 3)}`);
      }
      await lab.widenPanel(-60);
      await lab.theme('JupyterLab Light');
    },
  );

  test('only what is cached can be shown', async () => {
    await lab.panel.getByRole('combobox').selectOption('Cached');
    await expect.poll(() => lab.tree.getByRole('treeitem').count()).toBe(2);
    await lab.row(/^v1, .* Cached on local$/).waitFor();
    await lab.panel.getByRole('combobox').selectOption('All');
  });

  test('a version that is dragged into a cell leaves its mount code there', async () => {
    await lab.page.locator('.jp-LauncherCard[data-category="Notebook"]').first().click();
    const editor = lab.page.locator('.jp-Notebook .cm-content');
    await editor.waitFor();
    await lab.row(/^v1, /).dragTo(editor, { sourcePosition: { x: 30, y: 12 } });
    await expect.poll(() => editor.innerText()).toContain('mnist_path = forebay.mount("mnist@v1")');
  });

  test('a cache that is too small is said with what to do', async () => {
    await home.json('cache-store', 'attach', 'tiny', home.path('tiny'), '--capacity', '1kB');
    await lab.section('Caches').getByText('tiny').waitFor();
    const settings = home.path('jupyter', 'settings', 'jupyterlab-forebay');
    await mkdir(settings, { recursive: true });
    await writeFile(`${settings}/settings.jupyterlab-settings`, '{"cache": "tiny"}');
    await lab.reload();
    await lab.openPanel();
    await lab.act(lab.row(/^v2, latest/), 'Cache version');
    await lab
      .notification(/mnist@v2 needs .*tiny/)
      .getByRole('button', { name: 'Details' })
      .click();
    await lab
      .dialog('What went wrong')
      .getByText(/forebay cache-store attach/)
      .waitFor();
    await lab.dialog('What went wrong').getByRole('button', { name: 'Close' }).click();
    await lab.row(/^v2, latest, .* In the lake only$/).waitFor();
    await lab.closeNotifications();
  });

  test('a fill that failed shows at its version, says why, and can be cleared', async () => {
    const datasets = await home.json<{ id: string; name: string }[]>('data', 'ls');
    const mnist = datasets.find(({ name }) => name === 'mnist')?.id ?? '';
    const packs = join(home.state, 'lake', 'datasets', mnist, 'packs');
    await rename(packs, `${packs}-away`);
    await home.run('cache', 'add', 'mnist@v2', '--on', 'local');
    await rename(`${packs}-away`, packs);
    const failed = lab.row(/^v2, latest, .* Could not be cached on local$/);
    await failed.click({ position: { x: 30, y: 12 } });
    await lab
      .section('About mnist@v2')
      .getByText(/is damaged in the lake/)
      .waitFor();
    await lab.closeNotifications();
    await lab.lookAway();
    await lab.screenshot('fill-failed');
    await lab.menu(failed, 'Clear from cache');
    await lab.row(/^v2, latest, .* In the lake only$/).waitFor();
  });

  test('a lake that is gone is an error with a way out, over what was known', async () => {
    await rename(home.path('home', 'lake'), home.path('home', 'gone'));
    await lab.panel.getByRole('button', { name: 'Refresh' }).click();
    const alert = lab.panel.getByRole('alert');
    await alert.getByText('The datasets could not be read').waitFor();
    await lab.row(/^mnist, /).waitFor();
    await lab.screenshot('error');
    await alert.getByRole('button', { name: 'Copy details' }).click();
    expect(await lab.page.evaluate('navigator.clipboard.readText()')).toContain('lake-missing');
    await rename(home.path('home', 'gone'), home.path('home', 'lake'));
    await alert.getByRole('button', { name: 'Retry' }).click();
    await alert.waitFor({ state: 'detached' });
  });

  test('a daemon that was stopped is started again by whoever looks', async () => {
    const before = await home.json<{ pid: number }>('status');
    await home.run('down');
    await lab.panel.getByRole('button', { name: 'Refresh' }).click();
    await expect
      .poll(async () => (await home.run('status')).stdout.includes(String(before.pid)), { timeout: 20_000 })
      .toBe(false);
    await lab.panel.getByRole('alert').waitFor({ state: 'detached' });
    await lab.row(/^mnist, /).waitFor();
  });

  test('without a network it says since when, and comes back by itself', async () => {
    await lab.page.context().setOffline(true);
    await lab.panel.getByRole('button', { name: 'Refresh' }).click();
    await lab.panel.getByText(/^Offline since/).waitFor();
    await lab.row(/^mnist, /).waitFor();
    await lab.screenshot('offline');
    await lab.page.context().setOffline(false);
    await lab.panel.getByText(/^Offline since/).waitFor({ state: 'detached' });
  });

  test('who may not use the server is told who can change that', async () => {
    const withoutLogin = (route: Route) => {
      const { authorization: _, cookie: __, ...headers } = route.request().headers();
      return route.continue({ headers });
    };
    await lab.page.context().clearCookies();
    await lab.page.route(api, withoutLogin);
    await lab.panel.getByRole('button', { name: 'Refresh' }).click();
    await lab.panel.getByText('Not allowed').waitFor();
    await lab.panel.getByText(/whoever runs the server/).waitFor();
    expect(await lab.tree.count()).toBe(0);
    await lab.screenshot('not-allowed');
    await lab.page.unroute(api, withoutLogin);
    await lab.panel.getByRole('button', { name: 'Retry' }).click();
    await lab.row(/^mnist, /).waitFor();
  });

  test('what takes longer than a blink shows a skeleton', async () => {
    const answer = Promise.withResolvers<void>();
    await lab.page.route(api, async (route) => {
      await answer.promise;
      await route.continue();
    });
    await lab.reload();
    await lab.openPanel();
    await lab.panel.getByRole('status', { name: 'Reading datasets' }).waitFor();
    await lab.screenshot('loading');
    answer.resolve();
    await lab.row(/^mnist, /).waitFor();
    await lab.page.unroute(api);
  });

  test('many datasets are read page by page, and only those in sight are drawn', async () => {
    const { origin, searchParams } = new URL(open.server.url);
    const headers = {
      'Content-Type': 'application/json',
      Authorization: `token ${searchParams.get('token')}`,
    };
    for (let index = 0; index < 120; index++) {
      const body = JSON.stringify({ name: `many-${String(index).padStart(3, '0')}` });
      const answer = await fetch(`${origin}/forebay/api/v1/datasets`, { method: 'POST', headers, body });
      expect(answer.status).toBe(201);
    }
    await lab.tree.focus();
    // The chosen row stays in sight, whatever comes before it.
    await lab.page.keyboard.press('Home');
    await lab.row(/^many-000/).waitFor();
    expect(await lab.tree.getByRole('treeitem').count()).toBeLessThan(80);
    const toTheEnd = async () => {
      await lab.page.keyboard.press('End');
      return lab.row(new RegExp(`^${longName}`)).count();
    };
    await expect.poll(toTheEnd, { timeout: 20_000 }).toBe(1);
    expect(await lab.tree.getByRole('treeitem').count()).toBeLessThan(80);
  });
});
