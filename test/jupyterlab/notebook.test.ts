import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
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
  await mkdir(home.path('work', 'scans'), { recursive: true });
  await home.run('-C', home.path('work', 'scans'), 'data', 'init', 'scans');
  await sync('a.csv', 'as delivered');
  await writeFile(home.path('work', 'train.ipynb'), notebookFile());
  ({ server, browser, lab } = await openLab(home));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
keepFailures((name) => lab?.screenshot(name));

async function sync(file: string, message: string): Promise<void> {
  const folder = home.path('work', 'scans');
  await writeFile(join(folder, file), 'id,label\n1,normal\n');
  await home.json('-C', folder, 'data', 'sync', '-m', message);
}

/** A place on the screen, in pixels, of what is shown. */
function there<Box>(box: Box | null): Box {
  if (!box) throw new Error('It is not shown.');
  return box;
}

const activeCode = () => lab.code(lab.page.locator('.jp-Cell.jp-mod-active'));

describe('data in a notebook', () => {
  test('is opened by code in five ways, from the row of a version', async () => {
    await lab.openNotebook('train.ipynb');
    await lab.openPanel();
    for (const [kind, code] of [
      ['pandas', 'pd.read_csv(file)'],
      ['PyTorch ImageFolder', 'scans_data = ImageFolder(scans_path)'],
      ['Hugging Face datasets', 'load_dataset(str(scans_path))'],
      ['fsspec', 'scans_files.ls("scans@v1")'],
      ['Path', 'scans_path = forebay.mount("scans@v1")'],
    ] as const) {
      await lab.row(/^v1/).click({ button: 'right', position: { x: 30, y: 12 } });
      const labels = lab.page.locator('.lm-Menu .lm-Menu-itemLabel');
      await labels.getByText('Insert code', { exact: true }).hover();
      await labels.getByText(kind, { exact: true }).click();
      await expect.poll(activeCode).toContain(code);
    }
  });

  test('is dragged into a cell as code', async () => {
    await lab.addCell('');
    const cell = lab.page.locator('.jp-Cell.jp-mod-active .cm-content');
    await lab.row(/^scans/).dragTo(cell);
    await expect.poll(activeCode).toContain('scans_path = forebay.mount("scans@v1")');
  });

  test('that a cell mounted is shown as it is now, and a newer version as soon as there is one', async () => {
    await lab.runActiveCell();
    const mounted = lab.page.locator('.fb-mounted');
    await mounted.getByText('scans@v1').waitFor();
    await mounted.getByText('local').waitFor();
    expect(await mounted.getByText('is newer').count()).toBe(0);
    await sync('b.csv', 'the second hospital');
    await mounted.getByText('v2 is newer, made just now').waitFor();
    await mounted.getByText('the second hospital').waitFor();
    await lab.screenshot('notebook-mounted');
    expect(await axeFinds(lab.page, '.fb-mounted')).toEqual([]);
    await mounted.getByRole('button', { name: 'Insert code for v2' }).click();
    await expect.poll(activeCode).toContain('forebay.mount("scans@v2")');
    await lab.runActiveCell();
    await expect.poll(() => mounted.count()).toBe(2);
  });

  test('that its cells mounted or only read stands in the notebook itself', async () => {
    await sync('c.csv', 'the third hospital');
    await lab.addCell('with forebay.open("scans@v3/c.csv") as file:\n    print(file.readline())');
    await lab.runActiveCell();
    await lab.output('id,label').waitFor();
    await lab.screenshot('notebook-opened');
    await lab.page.keyboard.press('Control+s');
    const used = async () => {
      const { metadata } = JSON.parse(await readFile(home.path('work', 'train.ipynb'), 'utf8'));
      return (metadata.forebay?.versions ?? []).map(
        ({ dataset, version }: { dataset: string; version: number }) => `${dataset}@v${version}`,
      );
    };
    await expect.poll(used).toEqual(['scans@v1', 'scans@v2', 'scans@v3']);
    await lab.page.locator('.fb-mounted').first().getByRole('button', { name: 'scans@v1' }).click();
    await lab.page.locator('.fb-root:not(.lm-mod-hidden)').getByRole('heading', { name: 'scans' }).waitFor();
  });

  test('a file is dragged from its row into a cell as code', async () => {
    const { page } = lab;
    const notebook = page.locator('.lm-DockPanel-tabBar .lm-TabBar-tab', { hasText: 'train.ipynb' });
    await notebook.click();
    await lab.addCell('');
    await lab.row(/^v1/).click({ button: 'right', position: { x: 30, y: 12 } });
    await page.locator('.lm-Menu .lm-Menu-itemLabel').getByText('Open dataset', { exact: true }).click();
    const dataset = page.locator('.fb-root:not(.lm-mod-hidden)');
    await dataset.getByRole('tab', { name: 'Files' }).click();
    // Beside each other: its tab is dragged onto the right half.
    const { x, y, width, height } = await page.locator('#jp-main-dock-panel').boundingBox().then(there);
    const tab = await notebook.boundingBox().then(there);
    await page.mouse.move(tab.x + 40, tab.y + tab.height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width - 30, y + height / 2, { steps: 8 });
    await page.mouse.up();
    const cell = page.locator('.jp-Cell.jp-mod-active .cm-content');
    await dataset.getByRole('row').filter({ hasText: 'a.csv' }).dragTo(cell);
    await expect.poll(activeCode).toContain('scans_data = pd.read_csv(scans_path / "a.csv")');
    await lab.screenshot('notebook-file-dragged');
  });
});
