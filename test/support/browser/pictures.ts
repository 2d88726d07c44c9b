import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../home.ts';

const screenshots = join(root, 'test', '.cache', 'screenshots');

const both = (screenshot: string, picture: string): [string, string][] => [
  [screenshot, `${picture}.png`],
  [`${screenshot}-dark`, `${picture}-dark.png`],
];
const inBoth = (prefix: string, folder: string, names: readonly string[]) =>
  names.flatMap((name) => both(`${prefix}${name}`, `${folder}${name}`));

/** Pictures below docs/, by the screenshot that each is. */
export const pictures = new Map<string, string>([
  ['start', 'jupyterlab.png'],
  ['vscode-light', 'vscode.png'],
  ['jupyterlab-walk-2-sync', 'walk/2-sync.png'],
  ...inBoth('jupyterlab-walk-', 'walk/', [
    ...[
      '1-empty',
      '3-files',
      '3-pictures',
      '4-statistics',
      '5-versions',
      '6-compare',
      '7-caches',
      '8-notebook',
      '9-lineage',
    ],
  ]),
  ['vscode-walk-2-sync', 'walk/vscode/2-sync.png'],
  ...inBoth('vscode-walk-', 'walk/vscode/', [
    ...['1-empty', '3-files', '4-changes', '5-versions', '6-compare', '7-caches', '8-script', '9-lineage'],
  ]),
  ...inBoth('jupyterlab-digits-', 'runs/jupyterlab-', ['notebook', 'live', 'compare', 'reproduce']),
  ...inBoth('vscode-digits-', 'runs/vscode-', ['live', 'compare', 'reproduce']),
]);

/** Takes a screenshot; with FOREBAY_PICTURES=write, one that the docs show takes its place there too. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const path = join(screenshots, `${name}.png`);
  await mkdir(screenshots, { recursive: true });
  await page.screenshot({ path });
  const picture = pictures.get(name);
  if (process.env.FOREBAY_PICTURES !== 'write' || !picture) return;
  const kept = join(root, 'docs', picture);
  await mkdir(dirname(kept), { recursive: true });
  await copyFile(path, kept);
}
