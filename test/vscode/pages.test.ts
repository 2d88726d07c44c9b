import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFinds } from '../support/browser/axe.ts';
import { keepFailures } from '../support/browser/failures.ts';
import { dataset, twoVersions } from '../support/data/chestScans.ts';
import { type Home, newHome } from '../support/home.ts';
import type { CodeServer } from '../support/servers/codeServer.ts';
import { Training } from '../support/training/training.ts';
import { chooseTheme, openEditor } from './editor.ts';
import { drawn, openPage, pageOf, turnPage } from './page.ts';
import type { Workbench } from './workbench.ts';

let home: Home;
let server: CodeServer;
let browser: Browser;
let bench: Workbench;
/** What the browser refused because of a page's own policy. */
const refused: string[] = [];

const longName = 'national-lung-screening-trial-2011-baseline-cohort-b';

beforeAll(async () => {
  home = await newHome();
  const training = await Training.prepare(home);
  await training.threeRuns();
  await twoVersions(home);
  await home.run('data', 'describe', dataset, '-m', 'Scans of one ward, read twice', '--label', 'radiology');
  await home.json('cache', 'add', `${dataset}@v1`);
  await syncLongNames();
  ({ server, browser, workbench: bench } = await openEditor(home));
  bench.page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) refused.push(message.text());
  });
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
keepFailures((name) => bench?.photograph(name));

/** A README with a picture of its own and a long name for everything. */
async function syncLongNames(): Promise<void> {
  const folder = home.path('work', longName);
  await mkdir(folder, { recursive: true });
  const scan = home.path('work', 'chest', 'images', 'effusion', '00000030_000.png');
  await writeFile(join(folder, 'scan.png'), await readFile(scan));
  await writeFile(join(folder, 'README.md'), '# One scan\n\n![a scan](scan.png)\n');
  await writeFile(
    join(folder, `${'readers-second-opinion-'.repeat(6)}.csv`),
    'image,label\nscan.png,normal\n',
  );
  await home.run('-C', folder, 'data', 'init', longName);
  await home.json(
    '-C',
    folder,
    'data',
    'sync',
    '-m',
    'a message that says everything there is to say about it',
  );
}

test('verbs of the palette know what there is before any view was opened', async () => {
  // An open palette doesn't get the commands of an extension that comes later.
  await bench.page.locator('.statusbar-item', { hasText: 'Forebay' }).first().waitFor();
  await bench.command('Forebay: Copy id of run');
  await bench.pick('Copy the id of which run?', 'cleaner data');
  await expect.poll(clipboard).toMatch(/^[0-9a-f]{32}$/);
  await bench.command('Forebay: Copy path');
  await bench.pick('Copy the path of which version?', dataset);
  await expect.poll(clipboard).toMatch(/chest-xray~\w+\/v1$/);
  await bench.openSideBar('Forebay');
  await bench.row('Datasets', /^Dataset chest-xray/).waitFor();
});

const page = () => pageOf(bench);
const named = (text: string | RegExp) => page().getByRole('row').filter({ hasText: text });
const naturalWidth = (image: Element) => (image as HTMLImageElement).naturalWidth;

/** Every page with something on it: its address, and what shows that it is there. */
const pages: Record<string, [view: string, seen: string | RegExp]> = {
  datasets: ['datasets', longName],
  versions: [`dataset?dataset=${dataset}&tab=versions&version=1`, 'drop 12 duplicates'],
  files: [`dataset?dataset=${dataset}&tab=files&version=2`, 'labels.csv'],
  tiles: [`dataset?dataset=${dataset}&tab=files&folder=images/effusion&layout=grid`, '00000003_000.png'],
  statistics: [`dataset?dataset=${dataset}&tab=statistics`, /4 classes/],
  'used-by': [`dataset?dataset=digits&tab=uses`, 'cleaner data'],
  'long-names': [`dataset?dataset=${longName}&tab=files`, 'One scan'],
  diff: [`diff?dataset=${dataset}&from=1&to=2`, /Changes by type/],
  'diff-text': [`diff?dataset=${dataset}&from=1&to=2&path=README.md`, '+1 line'],
  'diff-table': [`diff?dataset=${dataset}&from=1&to=2&path=labels.csv`, '+ 1 column: reader'],
  'diff-json': [`diff?dataset=${dataset}&from=1&to=2&path=config.json`, '3 places differ'],
  'diff-image': [`diff?dataset=${dataset}&from=1&to=2&path=images/effusion/00000002_000.png`, /v2: 96/],
  caches: ['caches?sort=size', 'cached'],
  'caches-next': ['caches?tab=next', /Is pushed out first/],
  'caches-history': ['caches?tab=history', 'Cached by a person'],
  caching: [`caching?of=${dataset}@v2`, 'Whole version'],
  setup: ['setup', 'Test lake'],
  lineage: ['lineage?of=digits@v2', 'clean up'],
  runs: ['runs', 'cleaner data'],
  missing: ['dataset?dataset=nowhere', /could not be read/],
};

const seen = (text: string | RegExp) => page().getByText(text).filter({ visible: true }).first().waitFor();

describe('every page, in every theme', () => {
  test('opens by its link, and axe finds nothing wrong', async () => {
    const found: Record<string, string[]> = {};
    for (const [name, [view, text]] of Object.entries(pages)) {
      await openPage(bench, view);
      await seen(text);
      await drawn(bench);
      await bench.screenshot(`page-${name}-vs`);
      const wrong = await axeFinds(page(), '.fb-root');
      if (wrong.length > 0) found[name] = wrong;
    }
    await bench.command('View: Close All Editors');
    expect(found).toEqual({});
  });

  test.each(['vs-dark', 'hc-black'] as const)('%s: axe finds its colours told apart', async (theme) => {
    await chooseTheme(bench, theme);
    await openPage(bench, 'setup');
    await seen('Test lake');
    const found: Record<string, string[]> = {};
    for (const [name, [view, text]] of Object.entries(pages)) {
      await turnPage(bench, view);
      await seen(text);
      await drawn(bench);
      await bench.photograph(`page-${name}-${theme}`);
      const wrong = await axeFinds(page(), '.fb-root', ['color-contrast', 'link-in-text-block']);
      if (wrong.length > 0) found[name] = wrong;
    }
    await bench.command('View: Close All Editors');
    expect(found).toEqual({});
  });

  test('nothing was refused by the policy of a page', () => {
    expect(refused).toEqual([]);
  });
});

const clipboard = () => bench.page.evaluate<string>('navigator.clipboard.readText()');

describe('a page in the editor', () => {
  test("has its kind's icon on its tab", async () => {
    await chooseTheme(bench, 'vs');
    const icons: string[] = [];
    for (const view of ['caches', 'setup', `dataset?dataset=${dataset}`]) {
      await openPage(bench, view);
      await page().locator('.fb-root > *').first().waitFor();
      const label = bench.page.locator('.tab.active .monaco-icon-label-iconpath');
      const icon = () => label.evaluate((node) => getComputedStyle(node).backgroundImage);
      await expect.poll(icon).toContain('-light.svg');
      icons.push((await icon()).replace(/.*2F([a-z]+)-light\.svg.*/, '$1'));
    }
    expect(icons).toEqual(['caches', 'setup', 'dataset']);
  });

  test('draws the pictures of a version, small ones and those of its README', async () => {
    await openPage(bench, `dataset?dataset=${longName}&tab=files`);
    const picture = page().getByRole('img', { name: 'a scan' });
    await expect.poll(() => picture.evaluate(naturalWidth)).toBe(112);
    await openPage(bench, `dataset?dataset=${dataset}&tab=files&folder=images/effusion&layout=grid`);
    const canvas = page().locator('.fb-root canvas').first();
    await expect.poll(() => canvas.evaluate((node) => (node as HTMLCanvasElement).width)).toBe(96);
  });

  test('has its list under the keys at once: arrows go through it, Enter opens the file in the editor', async () => {
    await openPage(bench, `dataset?dataset=${dataset}&tab=files&folder=notes`);
    await bench.command('View: Close All Editors');
    await openPage(bench, `dataset?dataset=${dataset}&tab=files&version=2`);
    await named('labels.csv').waitFor();
    await expect
      .poll(() =>
        page()
          .getByRole('grid', { name: 'Files' })
          .evaluate((grid) => grid === document.activeElement),
      )
      .toBe(true);
    await bench.page.keyboard.press('End');
    await expect.poll(() => page().locator('.fb-file-active').innerText()).toContain('labels.csv');
    await bench.page.keyboard.press('Enter');
    await bench.page.getByRole('tab', { name: /^labels\.csv/ }).waitFor();
    await bench.page.locator('.monaco-editor .view-line', { hasText: 'image,label,reader' }).waitFor();
    await bench.screenshot('page-file-opened');
    await bench.command('View: Close All Editors');
  });

  test("compares a text in the editor's own diff editor", async () => {
    await openPage(bench, `diff?dataset=${dataset}&from=1&to=2&path=README.md`);
    await page()
      .getByRole('treeitem', { name: /^images, folder, 4 added, 5 changed, 12 removed, 3 moved$/ })
      .waitFor();
    await page().getByRole('button', { name: 'Open in diff editor' }).click();
    await bench.page.getByRole('tab', { name: /^README\.md \(v1 ↔ v2\)/ }).waitFor();
    await bench.page.locator('.monaco-diff-editor .view-line', { hasText: 'without' }).first().waitFor();
    await bench.screenshot('page-diff-editor');
    await bench.command('View: Close All Editors');
  });

  test('caches a version, clears it, and takes that back from the message, though it is closed by then', async () => {
    await openPage(bench, `dataset?dataset=${dataset}&tab=versions`);
    await page().getByRole('button', { name: 'Cache v2' }).click();
    await page().getByRole('button', { name: 'Clear v2' }).waitFor();
    await bench.notification(`${dataset}@v2 is ready on local`).waitFor();
    await bench.clearNotifications();
    await openPage(bench, 'caches?tab=versions');
    await page()
      .getByRole('button', { name: `Clear ${dataset}@v2 from local` })
      .click();
    await bench.notification(`${dataset}@v2 was cleared from local.`).waitFor();
    await expect.poll(() => named(/chest-xray\s*v2/).count()).toBe(0);
    await bench.screenshot('page-undo');
    await bench.command('View: Close All Editors');
    await bench.press(`${dataset}@v2 was cleared from local.`, 'Undo');
    await bench.press(`${dataset}@v2 is ready on local`, 'Copy path');
    await expect.poll(clipboard).toMatch(/chest-xray~\w+\/v2$/);
    await openPage(bench, 'caches?tab=versions');
    await named(/chest-xray\s*v2/)
      .getByText('cached')
      .waitFor();
    await bench.clearNotifications();
  });

  test('puts mount code into the script in which was written last, though the page covers it', async () => {
    await writeFile(home.path('work', 'train.py'), 'def train():\n    return 1\n');
    await bench.openInExplorer('train.py');
    await bench.page.locator('[data-uri$="train.py"] .view-lines').getByText('def').click();
    await openPage(bench, `dataset?dataset=${dataset}`);
    await page().getByRole('button', { name: 'Insert mount code' }).first().click();
    const script = bench.page.locator('[data-uri$="train.py"] .view-lines');
    await script.getByText('forebay.mount').waitFor();
    await bench.page.keyboard.press('Control+S');
    await expect
      .poll(() => readFile(home.path('work', 'train.py'), 'utf8'))
      .toBe(
        'import forebay\ndef train():\n    chest_xray_path = forebay.mount("chest-xray@v2")\n    return 1\n',
      );
    await bench.openSideBar('Forebay');
  });

  test('gives a link that opens it again', async () => {
    await openPage(bench, `dataset?dataset=${dataset}&tab=statistics`);
    await page()
      .getByText(/4 classes/)
      .waitFor();
    await page().getByRole('button', { name: 'More' }).click();
    await page().getByRole('button', { name: 'Copy link' }).click();
    await expect
      // Within the editor's own address it is a parameter.
      .poll(async () => decodeURIComponent(decodeURIComponent(await clipboard())))
      .toMatch(/forebay\.forebay.*dataset=chest-xray.*tab=statistics/);
  });

  test('saves what it exports where the person says', async () => {
    await openPage(bench, 'runs');
    await named('cleaner data').waitFor();
    await page().getByRole('button', { name: 'Export' }).click();
    await page().getByRole('button', { name: /CSV/ }).click();
    await bench.quickInput.getByRole('button', { name: 'OK' }).click();
    await expect
      .poll(() => readFile(home.path('work', 'runs.csv'), 'utf8').catch(() => ''))
      .toContain('cleaner data');
  });

  test('is as it was after it was hidden, and after the window was loaded again', async () => {
    await openPage(bench, `dataset?dataset=${dataset}&tab=versions`);
    await page().getByRole('tab', { name: 'Files' }).click();
    await named('images').dblclick();
    await named('effusion').waitFor();
    await openPage(bench, 'setup');
    await page().getByText('Test lake').waitFor();
    await openPage(bench, `dataset?dataset=${dataset}`);
    await named('effusion').waitFor();
    await bench.command('Developer: Reload Window');
    await named('effusion').waitFor({ timeout: 60_000 });
    const tabs = await bench.page.locator('.tab .label-name').allInnerTexts();
    expect(tabs).toEqual(expect.arrayContaining([dataset, 'Set up Forebay']));
    await bench.page.getByRole('tab', { name: /^Set up Forebay/ }).click();
    await page().getByText('Test lake').waitFor();
  });

  test('has room enough at 200% in a small window', async () => {
    await bench.command('View: Close All Editors');
    await bench.command('View: Toggle Primary Side Bar Visibility');
    await bench.page.setViewportSize({ width: 640, height: 400 });
    await openPage(bench, 'setup');
    await page().getByText('Test lake').first().waitFor({ state: 'attached' });
    const wide: string[] = [];
    for (const [name, [view, text]] of Object.entries(pages)) {
      await turnPage(bench, view);
      await page().getByText(text).first().waitFor({ state: 'attached' });
      await drawn(bench);
      await bench.photograph(`page-${name}-zoomed`);
      const over = await page()
        .locator('.fb-page')
        .evaluate((node) => node.scrollWidth - node.clientWidth);
      if (over > 0) wide.push(`${name}: ${over} px`);
    }
    await bench.page.setViewportSize({ width: 1280, height: 800 });
    expect(wide).toEqual([]);
  });
});
