import { mkdir } from 'node:fs/promises';
import { openLake } from '../../../core/src/lake/open.ts';
import type { Lab } from '../../jupyterlab/lab.ts';
import { openLab } from '../../jupyterlab/workplace.ts';
import { commitManifest, manyPaths } from '../data/manifests.ts';
import type { ForebayMachine } from '../peers/forebay/machine.ts';
import type { AloneLine } from '../report/results.ts';
import { median } from '../report/statistics.ts';
import type { Setting } from './setting.ts';

/** Of all files, how many differ between the first two versions. */
const changed = 100;
const openings = 5;
/** Milliseconds. */
const patience = 180_000;

/** How soon the difference of two large versions is painted, in JupyterLab in Chromium. */
export const diff: Setting = {
  title: (files) => `The difference of two versions of ${files} files in JupyterLab`,
  lake: 'folder',
  async run(machine, _, count) {
    await twoPairs(machine, count);
    await mkdir(machine.home.path('work'));
    const { server, browser, lab } = await openLab(machine.home);
    try {
      await lab.openPanel();
      const times: number[] = [];
      for (let nth = 0; nth < openings; nth++) {
        times.push(await opened(lab, [1, 2], `~${changed}`));
        await lab.page
          .locator('.lm-TabBar-tab', { hasText: 'many v1' })
          .locator('.lm-TabBar-tabCloseIcon')
          .click();
      }
      const before = machine.resident();
      const all = await opened(lab, [1, 3], `~${count.toLocaleString('en-US')}`);
      const lines: AloneLine[] = [
        {
          title: `${changed} files changed: from the click to its painted tree, the first time`,
          value: times[0] ?? Number.NaN,
          unit: 'seconds',
          most: 0.2,
        },
        {
          title: `the same, ${openings} times one after the other (median)`,
          value: median(times),
          unit: 'seconds',
          most: 0.2,
        },
        {
          title: 'every file changed: until all is counted and its tree is painted',
          value: all,
          unit: 'seconds',
          most: null,
        },
        {
          title: 'what the daemon grew by for that',
          value: Math.max(0, machine.resident() - before),
          unit: 'bytes',
          most: 512e6,
        },
      ];
      return lines;
    } finally {
      await browser.close();
      await server.stop();
    }
  },
};

/** v1, v2 with few files changed, v3 with all. */
async function twoPairs({ home, client }: ForebayMachine, count: number): Promise<void> {
  const { id } = await client.datasets.create({ name: 'many' });
  const lake = openLake({ url: home.path('lake') });
  try {
    const paths = manyPaths(count);
    const every = Math.floor(count / changed);
    const isChanged = (nth: number) => nth % every === 0 && nth / every < changed;
    const second = (path: string, nth: number) => (isChanged(nth) ? `${path} again` : path);
    await commitManifest(lake, id, paths, (path) => path);
    await commitManifest(lake, id, paths, second, (path) => path);
    await commitManifest(lake, id, paths, (path) => `${path} anew`, second);
  } finally {
    lake.close();
  }
}

/** Seconds from the press on *Compare* to the frame in which what changed is said and the tree has folders. */
async function opened(lab: Lab, [from, to]: [number, number], says: string): Promise<number> {
  await lab.menu(lab.row(new RegExp(`^v${to}, `)), 'Compare with…');
  const dialog = lab.dialog(`Compare many@v${to} with…`);
  const choice = dialog.locator('select');
  const label = await choice.locator('option', { hasText: `v${from} ·` }).innerText();
  await choice.selectOption(label);
  return lab.page.evaluate<number>(`new Promise((resolve, reject) => {
    const begun = performance.now();
    document.querySelector('.jp-Dialog-button.jp-mod-accept').click();
    const shown = () => {
      const root = document.querySelector('.fb-root:not(.lm-mod-hidden)');
      return root?.textContent.includes('${says}') && root.querySelector('[role=treeitem][aria-expanded]');
    };
    const look = () => requestAnimationFrame(() => {
      if (performance.now() - begun > ${patience}) return reject(new Error('It was never painted.'));
      if (!shown()) return look();
      requestAnimationFrame(() => resolve((performance.now() - begun) / 1000));
    });
    look();
  })`);
}
