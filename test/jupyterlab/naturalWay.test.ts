import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepFailures } from '../support/browser/failures.ts';
import type { Lab } from './lab.ts';
import { longName, Workplace } from './workplace.ts';

let place: Workplace;
let lab: Lab;

beforeAll(async () => {
  place = await Workplace.open();
  lab = place.lab;
});
afterAll(() => place?.close());
keepFailures((name) => lab?.screenshot(name));

const staging = () => join(place.home.state, 'cache', '.forebay', 'staging');

describe('the version is cached, the notebook opens it, in JupyterLab', () => {
  test('the side bar starts the daemon, and says what to do while there is no dataset', async () => {
    await lab.openPanel();
    await lab.panel.getByText('No datasets yet').waitFor();
    await lab.panel.getByText('forebay data init NAME').waitFor();
    await lab.screenshot('empty');
  });

  test('a folder becomes a dataset from the file browser', async () => {
    await lab.page.getByRole('tab', { name: /File Browser/ }).click();
    const folder = lab.page.locator('.jp-DirListing-item', { hasText: 'scans' });
    await folder.click({ button: 'right' });
    await lab.page.locator('.lm-Menu').getByRole('menuitem', { name: 'Sync folder as new version…' }).click();
    const dialog = lab.dialog('Sync scans as a new dataset');
    await dialog.getByText('+240 added (1.9 MB)').waitFor();
    const name = dialog.getByRole('textbox', { name: /^Dataset/ });
    expect(await name.inputValue()).toBe('scans');
    await name.fill('chest-scans');
    await dialog.getByRole('textbox', { name: 'Message' }).fill('as they came');
    await dialog.getByRole('button', { name: 'Sync', exact: true }).click();
    await lab.notification(/chest-scans@v1: 240 files, 1\.9 MB \(\+240 added/).waitFor();
    await lab.closeNotifications();
    await lab.openPanel();
    await lab.row(/^chest-scans, .* latest v1, In the lake only$/).waitFor();
    await lab.row(/^v1, latest, .* In the lake only$/).waitFor();
  });

  test('what the command line syncs appears by itself', async () => {
    await rm(place.home.path('work', 'scans', 'normal', '0059.png'));
    await writeFile(place.home.path('work', 'scans', 'ORIGIN'), 'drawn for a test\n');
    await place.sync('scans', 'chest-scans', 'one scan withdrawn, origin added');
    await lab.row(/^v2, latest, .* In the lake only$/).waitFor();
    await place.home.json('data', 'tag', 'chest-scans@v1', 'raw');
    await lab.row(/^v1, raw, .* In the lake only$/).waitFor();
    await place.sync('bulk', 'bulk', 'noise');
    await place.sync(longName, longName, 'noise');
    await lab.row(new RegExp(`^${longName}, 12.0 MB, latest v1`)).waitFor();
  });

  test('a chosen version tells what it holds and what changed', async () => {
    await lab.row(/^v2, latest/).click({ position: { x: 30, y: 12 } });
    const details = lab.section('About chest-scans@v2');
    await details.getByText('one scan withdrawn, origin added').waitFor();
    await details.getByText('240 files').waitFor();
    await details.getByText('+1 added, ~0 changed, −1 removed').waitFor();
  });

  test('a fill shows files, bytes and rate as they grow, and Cancel leaves nothing behind', async () => {
    place.link.limit(1_500_000);
    await lab.row(/^bulk, /).click();
    const version = lab.row(/^v1, latest, 12.0 MB/);
    await lab.act(version, 'Cache version');
    const job = lab.section('Jobs').getByRole('listitem').filter({ hasText: 'bulk@v1' });
    await job.getByText(/of 24 files/).waitFor();
    await job.getByText(/of 12\.0 MB/).waitFor();
    await job.getByText(/[kM]B\/s/).waitFor();
    const filled = async () => Number(await job.getByRole('progressbar').getAttribute('value'));
    const before = await filled();
    await expect.poll(filled, { timeout: 30_000 }).toBeGreaterThan(Math.max(before, 0.3));
    await lab
      .row(/Filling local, \d+%$/)
      .first()
      .waitFor();
    await expect.poll(() => lab.panel.locator('output').innerText()).toMatch(/^Filling bulk@v1, [3-9]0%$/);
    await lab.screenshot('progress');
    await job.getByRole('button', { name: /^Cancel/ }).click();
    await lab.row(/^v1, latest, 12.0 MB, .* In the lake only$/).waitFor();
    await lab.section('Jobs').waitFor({ state: 'detached' });
    expect(existsSync(staging()) ? await readdir(staging()) : []).toEqual([]);
    expect(await place.home.json('cache', 'ls')).toEqual([]);
    place.link.limit(Number.POSITIVE_INFINITY);
  });

  test('Space caches the active version; the notification says when it is ready', async () => {
    await lab.tree.focus();
    await lab.page.keyboard.press('End');
    await lab.page.keyboard.press('Home');
    await lab.page.keyboard.press('ArrowLeft');
    await lab.row(/^chest-scans, /).waitFor();
    await lab.row(/^v2, latest/).click({ position: { x: 30, y: 12 } });
    await lab.page.keyboard.press('Space');
    await lab.notification(/chest-scans@v2 is ready on local/).waitFor();
    await lab.row(/^v2, latest, .* Cached on local$/).waitFor();
    await lab.row(/^chest-scans, .* Cached on local$/).waitFor();
    await lab
      .section('Caches')
      .getByText(/ of .* [GT]B/)
      .waitFor();
  });

  test('without an open notebook, inserting mount code says so', async () => {
    await lab.closeNotifications();
    await lab.act(lab.row(/^v2, latest/), 'Insert mount code');
    await lab.notification('No notebook is open').waitFor();
    await lab.closeNotifications();
  });

  test('mount code goes into a new cell below the active one, which is selected', async () => {
    await lab.openNotebook('train.ipynb');
    await lab.openPanel();
    await lab.act(lab.row(/^v2, latest/), 'Insert mount code');
    await expect.poll(() => lab.cells.count(), { timeout: 10_000 }).toBe(2);
    expect(await lab.code(lab.cells.nth(1))).toBe(
      'import forebay\nchest_scans_path = forebay.mount("chest-scans@v2")\n',
    );
    await expect
      .poll(() => lab.page.evaluate('document.activeElement.className'), { timeout: 10_000 })
      .toContain('jp-CodeCell');
    expect(await lab.cells.nth(1).getAttribute('class')).toContain('jp-mod-active');
  });

  test('the notebook runs it and reads the files of the version', async () => {
    await lab.runActiveCell();
    await lab.addCell(
      'import hashlib\n' +
        'files = sorted(p for p in chest_scans_path.rglob("*") if p.is_file())\n' +
        'whole = hashlib.sha256(b"".join(p.read_bytes() for p in files)).hexdigest()\n' +
        'print(len(files), whole)',
    );
    await lab.runActiveCell();
    const folder = place.home.path('work', 'scans');
    const expected = await digestOf(folder);
    await lab.output(`240 ${expected}`).waitFor();
    await lab.section('About chest-scans@v2').getByText('In use now').waitFor();
  });

  test('the scans show in the notebook while another dataset fills', async () => {
    await lab.addCell(
      'from base64 import b64encode\n' +
        'from IPython.display import HTML\n\n' +
        'scans = sorted(chest_scans_path.glob("*/*.png"))\n' +
        'images = [f\'<img src="data:image/png;base64,{b64encode(s.read_bytes()).decode()}">\'\n' +
        '          for s in scans[::30]]\n' +
        'HTML(f\'<div style="display: flex; gap: 8px">{"".join(images)}</div>\')',
    );
    await lab.runActiveCell();
    const scans = lab.output('').locator('img');
    await expect.poll(() => scans.count(), { timeout: 10_000 }).toBe(8);
    expect(
      await scans.evaluateAll((images) => images.map((image) => (image as HTMLImageElement).naturalWidth)),
    ).toEqual(Array(8).fill(96));
    await lab.widenPanel(60);
    place.link.limit(400_000);
    await lab.row(/^bulk, /).click();
    await lab.act(lab.row(/^v1, latest, 12.0 MB/), 'Cache version');
    await lab.row(/^v1, latest, 12.0 MB, .* Filling local, [3-9]\d%$/).waitFor();
    await lab.row(/^v2, latest/).click({ position: { x: 30, y: 12 } });
    await lab.lookAway();
    await lab.screenshot('light');
    place.link.limit(Number.POSITIVE_INFINITY);
    await lab.row(/^v1, latest, 12.0 MB, .* Cached on local$/).waitFor();
    await expect
      .poll(() => lab.panel.locator('output').innerText(), { timeout: 10_000 })
      .toBe('bulk@v1 is cached on local');
    await lab
      .section('Caches')
      .getByText(/reserved/)
      .waitFor({ state: 'detached' });
    await lab.theme('JupyterLab Dark');
    await lab.closeNotifications();
    await lab.lookAway();
    await lab.screenshot('dark');
    await lab.theme('JupyterLab Dark High Contrast');
    await lab.lookAway();
    await lab.screenshot('high-contrast');
    await lab.theme('JupyterLab Light');
  });

  test('a run that a terminal starts is seen while it runs, and how it ended', async () => {
    const script = 'sleep 4; exit 3';
    const said = place.home.run(
      'run',
      '--data',
      'chest-scans',
      '--name',
      'night-shift',
      '--',
      'sh',
      '-c',
      script,
    );
    const run = lab.section('Runs').getByRole('listitem').filter({ hasText: 'night-shift' });
    await run.getByText(/running/).waitFor();
    await run.getByText('chest-scans@v').waitFor();
    expect((await said).code).toBe(3);
    await run.getByText('failed just now').waitFor();
    await lab.screenshot('runs');
  });

  test('a cell registers what lies in a bucket already', async () => {
    const bucket = await place.deliver({ 'scans/1.txt': 'one', 'scans/2.txt': 'two' });
    await lab.addCell(`%load_ext forebay\n%forebay import s3://${bucket}/scans delivered -m "as sent"`);
    await lab.runActiveCell();
    await lab.output('2 files, 6 B, read from where they are').waitFor();
    await lab.row(/^delivered, 6 B, latest v1, In the lake only$/).waitFor();
    await lab.addCell('print((forebay.mount("delivered") / "2.txt").read_text())');
    await lab.runActiveCell();
    await lab.output('two').waitFor();
  });

  test('the path and the name are copied', async () => {
    await lab.openPanel();
    await lab.act(lab.row(/^v2, latest/), 'Copy path');
    await expect.poll(() => place.clipboard()).toMatch(/chest-scans~\w+\/v2$/);
    expect(existsSync(await place.clipboard())).toBe(true);
    await lab.menu(lab.row(/^v1, raw/), 'Copy name');
    await expect.poll(() => place.clipboard()).toBe('chest-scans@v1');
  });

  test('what a notebook uses stays; clearing it says who holds it', async () => {
    await lab.section('About chest-scans@v1').waitFor();
    await lab.row(/^v2, latest/).click({ position: { x: 30, y: 12 } });
    await lab.section('About chest-scans@v2').getByText('In use now').waitFor();
    await lab.act(lab.row(/^v2, latest/), 'Clear from cache');
    const dialog = lab.dialog('chest-scans@v2 is in use');
    await dialog.getByText(/ends when it is shut down/).waitFor();
    await lab.screenshot('in-use');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await lab.row(/^v2, latest, .* Cached on local$/).waitFor();
  });

  test('once the kernel has ended, one click clears it', async () => {
    await lab.act(lab.row(/^v2, latest/), 'Copy path');
    await expect.poll(() => place.clipboard()).toMatch(/\/v2$/);
    const path = await place.clipboard();
    await lab.shutDownKernel();
    await lab.section('About chest-scans@v2').getByText('In use now').waitFor({ state: 'detached' });
    await lab.act(lab.row(/^v2, latest/), 'Clear from cache');
    await lab.row(/^v2, latest, .* In the lake only$/).waitFor();
    expect(existsSync(path)).toBe(false);
  });
});

/** SHA-256 of all files' bytes, in the order in which Python sorts their paths. */
async function digestOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('/.forebay/'))
    .map((file) => file.split('/'))
    .sort((a, b) => compareParts(a, b));
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(file.join('/')));
  return hash.digest('hex');
}

/** `pathlib` compares paths part by part. */
function compareParts(a: string[], b: string[]): number {
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    if (a[index] !== b[index]) return (a[index] as string) < (b[index] as string) ? -1 : 1;
  }
  return a.length - b.length;
}
