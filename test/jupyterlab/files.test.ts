import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFinds } from '../support/browser/axe.ts';
import { keepFailures } from '../support/browser/failures.ts';
import { drawScan } from '../support/data/scan.ts';
import { seeded } from '../support/data/tree.ts';
import { type Home, newHome } from '../support/home.ts';
import { type JupyterLab, jupyterVenv } from '../support/servers/jupyterlab.ts';
import type { Lab } from './lab.ts';
import { openLab } from './workplace.ts';

let home: Home;
let server: JupyterLab;
let browser: Browser;
let lab: Lab;

const longName = 'a-picture-of-a-chest-with-a-name-that-says-everything-about-it-0001.png';
const classes = ['effusion', 'mass', 'nodule', 'normal'];

beforeAll(async () => {
  home = await newHome();
  await fillFolder(home.path('work', 'xrays'));
  await home.run('-C', home.path('work', 'xrays'), 'data', 'init', 'xrays');
  await home.json('-C', home.path('work', 'xrays'), 'data', 'sync', '-m', 'first delivery');
  ({ server, browser, lab } = await openLab(home));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
keepFailures((name) => lab?.screenshot(name));

/** Pictures in classes, a table, a README with a picture, 3,000 small files, and two that are too large to be held. */
async function fillFolder(folder: string): Promise<void> {
  const random = seeded(5);
  const write = async (path: string, content: string | Uint8Array) => {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  for (const [at, name] of classes.entries()) {
    for (let nth = 0; nth < 40 + at * 20; nth++) {
      const split = nth % 5 === 0 ? 'test' : 'train';
      const scan = drawScan(nth % 3 === 0 ? 128 : 96, random);
      await write(`${split}/${name}/${String(nth).padStart(4, '0')}.png`, scan);
    }
  }
  await write(`train/normal/${longName}`, drawScan(96, random));
  await Promise.all(
    Array.from({ length: 3000 }, (_, nth) => write(`notes/${String(nth).padStart(5, '0')}.txt`, `${nth}\n`)),
  );
  const readme =
    '# Chest X-rays\n\nScans of **one** ward.\n\n![a scan](test/mass/0000.png)\n\n<img src=x onerror="window.hacked = 1">\n<script>window.hacked = 1</script>\n\n<table background="https://elsewhere.example/who.png"><tr><td data-commandlinker-command="help:about">ward</td></tr></table>\n\n<map name="m"><area href="https://elsewhere.example"></map>\n';
  await write('README.md', readme);
  const row = (nth: number) => `${nth}.png,${classes[nth % 4]},${20 + (nth % 70)}`;
  const table = `image,finding,age\n${Array.from({ length: 4000 }, (_, nth) => row(nth)).join('\n')}\n`;
  await write('labels.csv', table);
  await write('large/labels.csv', table + table.repeat(Math.ceil(21_000_000 / table.length)));
  await write('large/weights.bin', new Uint8Array(21_000_000));
  await write('large/deep.md', `${'>'.repeat(20_000)}deep`);
  await write('about.json', JSON.stringify({ ward: 'a', beds: [1, 2, 3] }));
  await write('about.html', '<p>Hello from a page</p>');
}

/** The page in front, and what it shows. */
const page = () => lab.front;
const list = () => page().getByRole('grid', { name: 'Files' });
const row = (name: string | RegExp) => list().getByRole('row').filter({ hasText: name });
const openTab = async (more: string, dataset = 'xrays') => {
  const address = new URL(server.url);
  address.searchParams.set('forebay', `dataset?dataset=${dataset}&${more}`);
  await lab.open(address.href);
};

describe("a version's files in JupyterLab", () => {
  test('are listed with folders first, their counts and sizes, and a README that runs nothing', async () => {
    const asked: string[] = [];
    lab.page.on('request', (request) => asked.push(request.url()));
    await openTab('tab=files');
    await row('train').getByText('225 files').waitFor();
    await page().getByRole('heading', { name: 'Chest X-rays' }).waitFor();
    const picture = page().getByRole('img', { name: 'a scan' });
    await expect
      .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth), { timeout: 10_000 })
      .toBe(128);
    expect(await lab.page.evaluate('window.hacked')).toBeUndefined();
    expect(asked.filter((address) => address.includes('elsewhere.example'))).toEqual([]);
    // Who looks at files doesn't wait for who used them.
    expect(asked.filter((address) => address.endsWith('/datasets/xrays/uses'))).toEqual([]);
    const doing = page().locator('.fb-markdown').locator('[background], [data-commandlinker-command], area');
    expect(await doing.count()).toBe(0);
    const names = await list().getByRole('row').allInnerTexts();
    expect(names.slice(1).map((text) => text.split('\n')[0])).toEqual([
      ...['large', 'notes', 'test', 'train', 'README.md', 'about.html', 'about.json', 'labels.csv'],
    ]);
    expect(await axeFinds(lab.page, '.fb-root:not(.lm-mod-hidden)')).toEqual([]);
    await lab.screenshot('files-top');
  });

  test('go by keyboard alone: into a folder, to a name, a look, and back', async () => {
    await list().focus();
    await lab.page.keyboard.press('ArrowDown');
    await lab.page.keyboard.press('Space');
    expect(
      await page()
        .getByRole('region', { name: /^Preview of/ })
        .count(),
    ).toBe(0);
    await lab.page.keyboard.press('Enter');
    await row('00000.txt').waitFor();
    await lab.page.keyboard.type('0217');
    await expect
      .poll(() => list().locator('.fb-file-active').innerText(), { timeout: 10_000 })
      .toContain('02170.txt');
    // Letters typed within a moment belong together, a space among them.
    await lab.page.waitForTimeout(1000);
    await lab.page.keyboard.press('Space');
    await page().getByRole('region', { name: 'Preview of 02170.txt' }).getByText('2170').waitFor();
    await lab.page.keyboard.press('End');
    await row('02999.txt').waitFor();
    await lab.screenshot('files-many');
    await lab.page.keyboard.press('Backspace');
    await row('labels.csv').waitFor();
    expect(await list().evaluate((node) => node === document.activeElement)).toBe(true);
    const bySize = list().getByRole('button', { name: 'Size' });
    await bySize.focus();
    await lab.page.keyboard.press('Enter');
    await list()
      .getByRole('columnheader', { name: 'Size' })
      .and(page().locator('[aria-sort=descending]'))
      .waitFor();
    expect(await bySize.evaluate((node) => node === document.activeElement)).toBe(true);
  });

  test('are found by a part of their name, sorted, and looked at in part', async () => {
    await openTab('tab=files');
    await page().getByRole('textbox', { name: 'Search all files' }).fill('labels');
    await page().getByText('2 files found').waitFor();
    await list().getByRole('button', { name: 'Size' }).click();
    await expect
      .poll(() => row('labels.csv').first().innerText(), { timeout: 10_000 })
      .toContain('large/labels.csv');
    await row('large/labels.csv').click();
    await page()
      .getByText(/The first 262 kB of 21\.\d MB/)
      .waitFor();
    await page().getByRole('columnheader', { name: 'finding' }).waitFor();
    expect(await axeFinds(lab.page, '.fb-root:not(.lm-mod-hidden)')).toEqual([]);
    await lab.screenshot('files-found');
    // Nested deeper than Markdown can be followed, it is shown as it was written.
    await page().getByRole('textbox', { name: 'Search all files' }).fill('deep.md');
    await row('large/deep.md').click();
    await page().locator('.fb-markdown pre').getByText('>deep').waitFor();
    await page().getByRole('textbox', { name: 'Search all files' }).fill('no such name');
    await page().getByText('Nothing found').waitFor();
    await lab.screenshot('files-nothing');
  });

  test('stand as pictures in a folder of pictures', async () => {
    await openTab('tab=files&folder=train%2Fnormal&layout=grid');
    await expect
      .poll(() => page().locator('.fb-tile canvas').count(), { timeout: 20_000 })
      .toBeGreaterThan(20);
    await lab.screenshot('files-pictures');
    await page().getByRole('gridcell', { name: /0001/ }).first().click();
    await page()
      .getByText(/96 × 96 pixels/)
      .waitFor();
    await lab.theme('JupyterLab Dark');
    await lab.screenshot('files-pictures-dark');
    expect(await axeFinds(lab.page, '.fb-root:not(.lm-mod-hidden)')).toEqual([]);
  });

  test('have statistics: classes, types, sizes, and a sample', async () => {
    await page().getByRole('tab', { name: 'Statistics' }).click();
    await page().getByRole('region', { name: 'Classes' }).getByText('4 classes').waitFor();
    await page()
      .getByRole('region', { name: 'Picture sizes' })
      .getByRole('rowheader', { name: '96 × 96' })
      .waitFor();
    await expect.poll(() => page().locator('.fb-sample canvas').count(), { timeout: 20_000 }).toBe(24);
    await lab.screenshot('statistics-dark');
    await lab.theme('JupyterLab Light');
    await lab.screenshot('statistics');
    await page().getByRole('region', { name: 'Tables' }).scrollIntoViewIfNeeded();
    await lab.screenshot('statistics-below');
    expect(await axeFinds(lab.page, '.fb-root:not(.lm-mod-hidden)')).toEqual([]);
  });

  test("open in JupyterLab's own viewers, read only, and are there after a reload", async () => {
    await openTab('tab=files');
    await row('about.json').dblclick();
    await lab.page.locator('.jp-MainAreaWidget:not(.lm-mod-hidden)').getByText('beds').waitFor();
    await openTab('tab=files&folder=test%2Fmass');
    await row('0000.png').dblclick();
    await lab.page.locator('.jp-ImageViewer img').waitFor();
    await lab.screenshot('drive-image');
    await openTab('tab=files&folder=notes');
    await row('00007.txt').dblclick();
    await lab.page.locator('.jp-FileEditor .cm-line', { hasText: /^7$/ }).waitFor();
    await lab.page.getByText('file is read-only').waitFor();
    await lab.screenshot('drive-text');
    await openTab('tab=files');
    await row('labels.csv').dblclick();
    await lab.page.locator('.jp-CSVViewer .lm-DataGrid').waitFor();
    await lab.page.getByText('read-only').last().waitFor();
    await lab.screenshot('drive-csv');
    await lab.saved('Forebay:xrays@v1/labels.csv');
    await lab.reload();
    await lab.page.locator('.jp-CSVViewer').waitFor();
  });

  test('of HDF5 open in the viewer that is installed, once they are cached', async () => {
    const folder = home.path('work', 'volumes');
    await mkdir(folder);
    const { python } = await jupyterVenv();
    const draw =
      'import h5py, numpy; h5py.File("lung.h5", "w")["slices"] = numpy.arange(4096.0).reshape(64, 64)';
    await promisify(execFile)(python, ['-c', draw], { cwd: folder });
    await home.run('-C', folder, 'data', 'init', 'volumes');
    await home.json('-C', folder, 'data', 'sync', '-m', 'one volume');
    await openTab('tab=files', 'volumes');
    await row('lung.h5').dblclick();
    await lab
      .notification(/Cache volumes@v1, then open lung\.h5 again/)
      .getByText('Cache version')
      .click();
    await page().getByRole('button', { name: 'Clear v1' }).waitFor();
    await lab.closeNotifications();
    await row('lung.h5').dblclick();
    const viewer = lab.page.locator('.fb-hdf5');
    await viewer.getByText('slices').first().click();
    await viewer.locator('canvas').first().waitFor();
    await lab.screenshot('drive-hdf5');
  });

  test('fit a narrow window', async () => {
    await lab.page.setViewportSize({ width: 560, height: 700 });
    await openTab('tab=files&folder=train%2Fnormal');
    await row(/0001\.png/).waitFor();
    await lab.screenshot('files-narrow');
    const wide = await page().evaluate((node) =>
      [...node.querySelectorAll('*')]
        .filter(
          (each) => each.scrollWidth > each.clientWidth + 1 && getComputedStyle(each).overflowX === 'auto',
        )
        .map((each) => each.className),
    );
    expect(wide).toEqual([]);
  });
});
