import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from './home.ts';

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
  ['vscode-views-empty', 'walk/vscode/1-empty.png'],
  ['vscode-views-next-step', 'walk/vscode/2-next-step.png'],
  ['vscode-page-versions-vs', 'walk/vscode/3-versions.png'],
  ['vscode-page-versions-vs-dark', 'walk/vscode/3-versions-dark.png'],
  ['vscode-page-diff-text-vs', 'walk/vscode/4-compare.png'],
  ['vscode-page-diff-text-vs-dark', 'walk/vscode/4-compare-dark.png'],
  ['vscode-working-copy', 'walk/vscode/5-changes.png'],
  ['vscode-working-copy-diff-dark', 'walk/vscode/5-change-dark.png'],
  ['vscode-lens-light', 'walk/vscode/6-lens.png'],
  ['vscode-lens-notebook-dark', 'walk/vscode/6-lens-dark.png'],
  ['vscode-page-caches-vs', 'walk/vscode/7-caches.png'],
  ['vscode-page-caches-vs-dark', 'walk/vscode/7-caches-dark.png'],
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
