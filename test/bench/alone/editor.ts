import { mkdir, readdir, readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { type Home, newHome } from '../../support/home.ts';
import { openEditor } from '../../vscode/editor.ts';
import type { Workbench } from '../../vscode/workbench.ts';
import { residentOf } from '../measure/memory.ts';
import type { AloneLine } from '../report/results.ts';
import { median } from '../report/statistics.ts';
import type { Setting } from './setting.ts';

/** Milliseconds in which an extension host that just began, or did something, comes to rest. */
const rest = 4000;

/** What the extension costs VS Code: how long its host waits for it, and how much memory the host then has more. */
export const editor: Setting = {
  title: (windows) => `VS Code: the extension in its host, ${windows} windows`,
  lake: 'folder',
  async run(_machine, _folder, windows) {
    const rounds: Cost[] = [];
    for (let nth = 0; nth < windows; nth++) rounds.push(await once());
    const middle = (of: keyof Cost) => median(rounds.map((round) => round[of]));
    const lines: AloneLine[] = [
      { title: 'activation', value: middle('seconds'), unit: 'seconds', most: 0.1 },
      { title: 'memory of the host, once activated', value: middle('activated'), unit: 'bytes', most: null },
      { title: 'memory of the host, side bar open', value: middle('used'), unit: 'bytes', most: null },
    ];
    return lines;
  },
};

interface Cost {
  seconds: number;
  /** Bytes more than before. */
  activated: number;
  used: number;
}

async function once(): Promise<Cost> {
  const home = await newHome();
  await mkdir(home.path('work'));
  const { server, browser, workbench } = await openEditor(home);
  try {
    await delay(rest);
    const host = await hostOf(home);
    const before = residentOf(host);
    // It needs the extension, but no daemon.
    await workbench.command('Forebay: Show log');
    await delay(rest);
    const activated = residentOf(host) - before;
    const seconds = await activation(workbench);
    await workbench.openSideBar('Forebay');
    await workbench.view('Datasets').getByText('No datasets yet.').waitFor();
    await delay(rest);
    return { seconds, activated, used: residentOf(host) - before };
  } finally {
    await browser.close();
    await server.stop();
    await home.remove();
  }
}

/** As VS Code measures it: the file loaded, and `activate` called. */
async function activation(workbench: Workbench): Promise<number> {
  await workbench.command('Developer: Show Running Extensions');
  const line = workbench.page.locator('.runtime-extensions-editor .extension', { hasText: 'Forebay' });
  const said = await line.locator('.activation-time').innerText();
  // It lies over the window.
  await workbench.page.keyboard.press('Escape');
  await line.waitFor({ state: 'detached' });
  const milliseconds = /(\d+)\s?ms/.exec(said)?.[1];
  if (milliseconds === undefined) throw new Error(`VS Code says '${said}' of the activation.`);
  return Number(milliseconds) / 1000;
}

/** The process of this editor that runs extensions. */
async function hostOf(home: Home): Promise<number> {
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const [command, environment] = await Promise.all(
      ['cmdline', 'environ'].map((file) => readFile(`/proc/${name}/${file}`, 'utf8').catch(() => '')),
    );
    if (command?.includes('--type=extensionHost') && environment?.includes(`FOREBAY_HOME=${home.state}\0`)) {
      return Number(name);
    }
  }
  throw new Error("The editor's extension host isn't there.");
}
