import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFinds } from '../support/browser/axe.ts';
import { keepFailures } from '../support/browser/failures.ts';
import { type Home, newHome } from '../support/home.ts';
import type { JupyterLab } from '../support/servers/jupyterlab.ts';
import type { Lab } from './lab.ts';
import { notebookFile } from './notebookFile.ts';
import { openLab } from './workplace.ts';

let home: Home;
let server: JupyterLab;
let browser: Browser;
let lab: Lab;

beforeAll(async () => {
  home = await newHome();
  const folder = home.path('work', 'digits');
  await mkdir(join(folder, 'images'), { recursive: true });
  await writeFile(join(folder, 'labels.csv'), 'id,label\n1,seven\n2,one\n');
  for (let i = 0; i < 20; i++)
    await writeFile(join(folder, 'images', `${String(i).padStart(4, '0')}.bin`), `${i}`.repeat(4000));
  await home.json('-C', folder, 'data', 'init', 'digits');
  await home.json('-C', folder, 'data', 'sync', '-m', 'as they came');
  await home.json('data', 'tag', 'digits', 'raw');
  await writeFile(join(folder, 'labels.csv'), 'id,label\n1,seven\n2,two\n');
  await home.json('-C', folder, 'data', 'sync', '-m', 'the second label <b>corrected</b>');
  await writeFile(home.path('work', 'first look.ipynb'), notebookFile());
  ({ server, browser, lab } = await openLab(home));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
keepFailures((name) => lab?.screenshot(name));

const page = () => lab.front;
const active = () => lab.page.locator('.jp-Cell.jp-mod-active');

async function runCell(code: string): Promise<Locator> {
  await lab.addCell(code);
  await lab.runActiveCell();
  return active().locator('.jp-OutputArea');
}

describe('a kernel in JupyterLab', () => {
  test('shows by magics what there is', async () => {
    await lab.openNotebook('first look.ipynb');
    expect(await (await runCell('%load_ext forebay')).innerText()).toBe('');
    const versions = await runCell('%forebay versions digits');
    await versions.getByRole('cell', { name: 'the second label <b>corrected</b>' }).waitFor();
    const output = '.jp-Cell.jp-mod-active .jp-OutputArea-output';
    expect(await axeFinds(lab.page, output)).toEqual([]);
    await (await runCell('%forebay describe digits@raw')).getByText('v2 is newer').waitFor();
    expect(await axeFinds(lab.page, output)).toEqual([]);
    await (await runCell('%forebay diff digits')).getByText('1 file changed').waitFor();
    expect(await axeFinds(lab.page, output)).toEqual([]);
    await (await runCell('%forebay moutn digits')).getByText('Did you mean %forebay mount REF').waitFor();
    await lab.screenshot('kernel-magics');
    await lab.theme('JupyterLab Dark');
    await lab.screenshot('kernel-magics-dark');
    await lab.theme('JupyterLab Light');
  });

  test('completes datasets, versions and paths in calls and addresses', async () => {
    await runCell('import forebay');
    const items = lab.page.locator('.jp-Completer .jp-Completer-item');
    for (const [code, item] of [
      ['forebay.mount("digits@', 'raw'],
      ['%forebay ls digits@v1:', 'images/'],
      ['forebay.open("digits@v2/im', 'images/'],
    ] as const) {
      await lab.addCell('');
      await active().locator('.cm-content').pressSequentially(code);
      // JupyterLab lets go of what a busy kernel answers late: a person presses again.
      const shown = items.filter({ hasText: item }).first();
      const press = async () => {
        await lab.page.keyboard.press('Tab');
        return shown.waitFor({ timeout: 5000 }).then(
          () => true,
          () => false,
        );
      };
      await expect.poll(press).toBe(true);
      if (item === 'raw') await lab.screenshot('kernel-completion');
      await lab.page.keyboard.press('Escape');
      await active().locator('.cm-content').fill('');
    }
  });

  test('is remembered with what it used: in lineage, and at the dataset', async () => {
    const output = await runCell('path = forebay.mount("digits@v1")');
    await output.getByText('v2 is newer').waitFor();
    await lab.screenshot('kernel-mount');
    await runCell('with forebay.run("count", experiment="looks"):\n    print(len(list(path.rglob("*"))))');
    await lab.command('Open all datasets');
    await page().getByRole('row').filter({ hasText: 'digits' }).dblclick();
    await page().getByRole('tab', { name: 'Used by' }).click();
    const notebooks = page().getByRole('region', { name: 'Notebooks' });
    const row = notebooks.getByRole('row').filter({ hasText: 'first look.ipynb' }).filter({ hasText: 'v1' });
    await row.waitFor();
    await lab.screenshot('dataset-used-by-notebook');
    expect(await axeFinds(lab.page, '.fb-root:not(.lm-mod-hidden)')).toEqual([]);
    await row.dblclick();
    const graph = page().locator('.fb-lineage');
    await graph.getByText('first look.ipynb').waitFor();
    await graph.getByText('count').waitFor();
    await lab.screenshot('lineage-notebook');
    expect(await axeFinds(lab.page, '.fb-root:not(.lm-mod-hidden)')).toEqual([]);
    await lab.theme('JupyterLab Dark');
    await lab.screenshot('lineage-notebook-dark');
  });

  test('is remembered by the new name of a notebook that was renamed', async () => {
    const tab = (name: string) => lab.page.locator('.lm-DockPanel-tabBar .lm-TabBar-tab', { hasText: name });
    await tab('first look.ipynb').click();
    await tab('first look.ipynb').click({ button: 'right' });
    await lab.page.locator('.lm-Menu').getByRole('menuitem', { name: 'Rename Notebook…' }).click();
    await lab.dialog('Rename File').locator('input').fill('second look.ipynb');
    await lab.dialog('Rename File').getByRole('button', { name: 'Rename' }).click();
    await tab('second look.ipynb').click();
    const output = await runCell('path = forebay.mount("digits@v2")');
    await output.locator('.fb-mounted').getByText('digits@v2').waitFor();
    await lab.command('Open all datasets');
    await page().getByRole('row').filter({ hasText: 'digits' }).dblclick();
    await page().getByRole('tab', { name: 'Used by' }).click();
    const row = page().getByRole('region', { name: 'Notebooks' }).getByRole('row').filter({ hasText: 'v2' });
    await row.filter({ hasText: 'second look.ipynb' }).waitFor();
    expect(await row.filter({ hasText: 'first look.ipynb' }).count()).toBe(0);
  });
});
