import { existsSync } from 'node:fs';
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepFailures } from '../support/browser/failures.ts';
import { Editor } from './editor.ts';
import { packOtherExtension } from './otherExtension.ts';
import type { Workbench } from './workbench.ts';

let editor: Editor;
let bench: Workbench;

beforeAll(async () => {
  editor = await Editor.open({ network: true, other: packOtherExtension });
  bench = editor.workbench;
});
afterAll(() => editor?.close());
keepFailures((name) => bench?.photograph(name));

const lens = (text: string | RegExp) => bench.page.locator('.codelens-decoration', { hasText: text });
const click = (text: string) =>
  bench.page.locator('.codelens-decoration a', { hasText: text }).first().click();
const lines = () => bench.page.locator('.editor-instance .view-lines');
const suggestion = (text: RegExp) =>
  bench.page.locator('.suggest-widget .monaco-list-row', { hasText: text });

async function makeVersions(): Promise<void> {
  const { home } = editor;
  const scans = home.path('work', 'scans');
  await home.json('-C', scans, 'data', 'init', 'chest-scans');
  await home.json('-C', scans, 'data', 'sync', '-m', 'as they came');
  await appendFile(`${scans}/labels.csv`, 'images/none.png,normal\n');
  await home.json('-C', scans, 'data', 'sync', '-m', 'one label more');
  await home.json('data', 'tag', 'chest-scans@v1', 'raw');
  await home.json('-C', home.path('work', 'bulk'), 'data', 'init', 'bulk');
  await home.json('-C', home.path('work', 'bulk'), 'data', 'sync', '-m', 'large');
}

describe('Python that names versions', () => {
  test('nothing is started for Python that has nothing to do with it', async () => {
    await bench.openFile('train.py');
    await lines().getByText('getcwd').waitFor();
    await bench.page.waitForTimeout(3000);
    expect(existsSync(editor.home.state)).toBe(false);
    expect(await bench.page.locator('#forebay\\.forebay\\.forebay\\.status').count()).toBe(0);
  });

  test('what JupyterLab keeps in a notebook for itself is no error here', async () => {
    const fact = { dataset: 'chest-scans', version: 1, digest: `sha256:${'0'.repeat(64)}` };
    const output = (data: object) => ({ output_type: 'display_data', metadata: {}, data });
    const outputs = [
      output({ 'application/vnd.forebay.open+json': fact }),
      output({ 'text/plain': 'shown all the same' }),
    ];
    const cell = { cell_type: 'code', execution_count: 1, metadata: {}, source: ['x'], outputs };
    const notebook = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
    await writeFile(editor.home.path('work', 'kept.ipynb'), JSON.stringify(notebook));
    await bench.openInExplorer('kept.ipynb');
    const shown = bench.page
      .frameLocator('iframe.webview.ready')
      .frameLocator('#active-frame')
      .locator('body');
    await shown.getByText('shown all the same').waitFor();
    expect(await shown.innerText()).not.toMatch(/renderer|vnd\.forebay/i);
    await bench.screenshot('notebook-kept');
    await bench.command('View: Close All Editors');
  });

  test('a mount says which version it is, where it is and that a newer one exists', async () => {
    await makeVersions();
    const code = [
      'import forebay',
      '',
      'scans = forebay.mount("chest-scans@v1")',
      'bulk = forebay.mount("bulk")',
      '',
    ];
    await writeFile(editor.home.path('work', 'use.py'), code.join('\n'));
    await bench.openInExplorer('use.py');
    await lens(/chest-scans@v1 · .* · not cached/).waitFor();
    await lens(/v2 is newer/).waitFor();
    await lens(/bulk@v1 · 12.0 MB · .* · not cached/).waitFor();
    await bench.page.waitForTimeout(800);
    await bench.screenshot('lens-light');
    await click('v2 is newer');
    await lines().getByText('"chest-scans@v2"').waitFor();
    await lens(/chest-scans@v2 · .* · not cached/).waitFor();
  });

  test('a click caches it, and the line shows how far that is', async () => {
    editor.link.limit(1_000_000);
    await lens(/bulk@v1/)
      .locator('a', { hasText: 'Cache now' })
      .click();
    await lens(/bulk@v1 .* filling [1-9]\d*%/).waitFor();
    await bench.screenshot('lens-filling');
    editor.link.limit(Number.POSITIVE_INFINITY);
    await lens(/bulk@v1 · .* · cached on local/).waitFor();
    await bench.clearNotifications();
  });

  test('datasets and versions are completed where they are typed', async () => {
    await lines().getByText('bulk = forebay').click();
    await bench.page.keyboard.press('Control+End');
    await bench.page.keyboard.type('x = forebay.mount("');
    await suggestion(/bulk.*cached on local/).waitFor();
    await suggestion(/chest-scans.*v2 · .*not cached/).waitFor();
    await bench.page.keyboard.type('ch');
    await bench.page.keyboard.press('Tab');
    await bench.page.keyboard.type('@');
    await suggestion(/v2.*not cached/)
      .first()
      .waitFor();
    await suggestion(/raw.*v1/).waitFor();
    await bench.page.waitForTimeout(500);
    await bench.photograph('completion-light');
    await suggestion(/raw.*v1/).click();
    await lines().getByText('"chest-scans@raw"').waitFor();
    await lens(/chest-scans@v1/).waitFor();
  });

  test('what a version is stands where the mouse rests', async () => {
    await bench.page.keyboard.press('Escape');
    await lines().getByText('"chest-scans@v2"').hover();
    await bench.page.locator('.monaco-hover', { hasText: 'one label more' }).waitFor();
    await bench.page.waitForTimeout(300);
    await bench.photograph('hover-light');
    await bench.page.keyboard.press('Control+S');
  });

  test('cells of a notebook say the same, magics too', async () => {
    const cell = (source: string) => ({
      ...{ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source },
    });
    const cells = [
      'import forebay as fb\nscans = fb.mount("chest-scans@v1")',
      '%forebay mount bulk@v9',
      'print("# forebay.mount(\'bulk@v1\')")  # forebay.mount("bulk@v1")',
    ];
    const notebook = {
      cells: cells.map(cell),
      metadata: { language_info: { name: 'python' } },
      nbformat: 4,
      nbformat_minor: 5,
    };
    await writeFile(editor.home.path('work', 'use.ipynb'), JSON.stringify(notebook));
    await bench.openInExplorer('use.ipynb');
    const page = bench.page.locator('.notebook-editor');
    await page.locator('.codelens-decoration', { hasText: 'chest-scans@v1' }).waitFor();
    await page.locator('.codelens-decoration', { hasText: 'There is no bulk@v9' }).waitFor();
    expect(await page.locator('.codelens-decoration').count()).toBe(2);
    await bench.page.waitForTimeout(800);
    await bench.screenshot('lens-notebook-light');
    await editor.theme('vs-dark');
    await bench.page.waitForTimeout(800);
    await bench.screenshot('lens-notebook-dark');
    await page.locator('.codelens-decoration a', { hasText: 'Use v1, the newest' }).click();
    await page.locator('.codelens-decoration', { hasText: /bulk@v1 · .* · cached on local/ }).waitFor();
  });

  test('another extension uses the typed client, mount code, changes and pages', async () => {
    await bench.command('Other: Ask Forebay');
    await bench.page
      .getByRole('tab', { name: /Caches/ })
      .first()
      .waitFor();
    const read = async () => JSON.parse(await readFile(editor.home.path('work', 'answer.json'), 'utf8'));
    await expect
      .poll(() => read().catch(() => undefined))
      .toEqual({
        apiVersion: 1,
        datasets: ['bulk', 'chest-scans'],
        bytes: true,
        cached: ['bulk ready'],
        code: 'import forebay\nchest_scans_path = forebay.mount("chest-scans@v2")\n',
        refused: 'bad-name',
        mcp: 'function',
      });
  });
});

/** Where a terminal's words are nothing but drawn: a click with the key held, on what is below the mouse. */
async function followInTerminal(line: Locator, opened: Locator): Promise<void> {
  const { mouse, keyboard } = bench.page;
  await line.waitFor();
  await expect
    .poll(
      async () => {
        const at = await line.boundingBox();
        if (!at) return false;
        await mouse.move(at.x + 60, at.y + at.height / 2 - 2);
        await mouse.move(at.x + 60, at.y + at.height / 2);
        await keyboard.down('Control');
        await mouse.click(at.x + 60, at.y + at.height / 2);
        await keyboard.up('Control');
        return opened.isVisible();
      },
      { timeout: 20_000, interval: 1000 },
    )
    .toBe(true);
}

describe('what names a version outside of code', () => {
  const text = (words: string) =>
    bench.page.locator('.editor-instance .view-line', { hasText: words }).first();
  const first = () => text('images/effusion/0000.png,effusion');

  test('opens from a text, by a tag too', async () => {
    await bench.command('View: Close All Editors');
    await writeFile(
      editor.home.path('work', 'notes.md'),
      'See forebay://chest-scans@raw/labels.csv first.\n',
    );
    await bench.openInExplorer('notes.md');
    await bench.follow(bench.page.locator('.detected-link', { hasText: 'labels.csv' }).first(), first());
    await bench.page.getByRole('tab', { name: /^labels\.csv/ }).waitFor();
    await bench.command('View: Close All Editors');
  });

  test("opens from a notebook's output and its rendered text", async () => {
    const output = {
      output_type: 'stream',
      name: 'stdout',
      text: 'read forebay://chest-scans@raw/labels.csv\n',
    };
    const cells = [
      { cell_type: 'code', execution_count: 1, metadata: {}, outputs: [output], source: 'print(address)' },
      { cell_type: 'markdown', metadata: {}, source: '[the labels](forebay://chest-scans@v1/labels.csv)' },
    ];
    const metadata = { language_info: { name: 'python' } };
    const notebook = { cells, metadata, nbformat: 4, nbformat_minor: 5 };
    await writeFile(editor.home.path('work', 'links.ipynb'), JSON.stringify(notebook));
    for (const named of [/forebay:.*labels\.csv/, 'the labels']) {
      await bench.openInExplorer('links.ipynb');
      const outputs = bench.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
      await outputs.getByRole('link', { name: named }).click();
      await first().waitFor();
      await bench.command('View: Close All Editors');
    }
  });

  test("opens from a terminal, whatever the tree's filter", async () => {
    await bench.openSideBar('Forebay');
    await bench.command('Forebay: Filter datasets…');
    await bench.answer('Filter datasets', 'bulk');
    await expect.poll(() => bench.row('Datasets', /^Dataset/).count()).toBe(1);
    await bench.command('Terminal: Create New Terminal');
    await bench.page.locator('.terminal.xterm textarea').last().focus();
    await bench.page.keyboard.type('clear; echo chest-scans@raw:labels.csv', { delay: 5 });
    await bench.page.keyboard.press('Enter');
    const line = bench.page.locator('.xterm-rows > div', { hasText: /^chest-scans@raw:labels\.csv/ }).first();
    await followInTerminal(line, first());
    await bench.screenshot('terminal-link');
    await bench.command('View: Close All Editors');
    await bench.command('Forebay: Clear filter');
  });
});

test("the editor knows the assistant's server, and starts it", async () => {
  await editor.set('chat.disableAIFeatures', false);
  await bench.command('Developer: Reload Window');
  await bench.page.locator('.statusbar-item', { hasText: 'Forebay' }).first().waitFor({ timeout: 60_000 });
  await bench.command('MCP: List Servers');
  await bench.pick('Select an MCP Server', 'Forebay (reads only)');
  await bench.pick("Select action for 'Forebay (reads only)'", 'Start Server');
  const state = async () => {
    await bench.command('MCP: List Servers');
    const said = await bench.choice('Forebay (reads only)').innerText();
    await bench.page.keyboard.press('Escape');
    return said;
  };
  await expect.poll(state, { timeout: 20_000 }).toContain('Running');
});
