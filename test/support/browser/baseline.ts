import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Locator, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { root } from '../home.ts';

const kept = join(root, 'test', 'jupyterlab', 'baselines');
const seen = join(root, 'test', '.cache', 'screenshots');

/** Pixels of a square's side, and of its pixels how many may differ: letters are drawn a little otherwise elsewhere. */
const square = 32;
const most = 40;

/**
 * The pixels that differ from the picture that was kept, in the square where most do: 0 where they are no more than
 * letters drawn otherwise. With FOREBAY_BASELINES=write a picture that differs is kept instead: asked again, until the
 * page has settled, the answer is 0. What `changing` finds counts as empty. The difference is left among the screenshots.
 */
export async function differsFromBaseline(page: Page, name: string, changing: Locator[]): Promise<number> {
  const picture = await page.screenshot({ animations: 'disabled', mask: changing, maskColor: '#888888' });
  const path = join(kept, `${name}.png`);
  const write = process.env.FOREBAY_BASELINES === 'write';
  const before = await readFile(path).catch((error) => {
    if (!write) throw error;
  });
  const count = before ? await difference(name, before, picture) : square * square;
  if (write && count > 0) {
    await mkdir(kept, { recursive: true });
    await writeFile(path, picture);
  }
  return count;
}

async function difference(name: string, kept: Buffer, picture: Buffer): Promise<number> {
  const [before, after] = [PNG.sync.read(kept), PNG.sync.read(picture)];
  const { width, height } = before;
  if (after.width !== width || after.height !== height) return square * square;
  const difference = new PNG({ width, height });
  const options = { threshold: 0.25, windowSize: square };
  const count = pixelmatch(before.data, after.data, difference.data, width, height, options);
  if (count <= most) return 0;
  await mkdir(seen, { recursive: true });
  await writeFile(join(seen, `differs-${name}.png`), PNG.sync.write(difference));
  return count;
}
