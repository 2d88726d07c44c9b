import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.ts';
import { drawScan } from '../support/data/scan.ts';
import { seeded } from '../support/data/tree.ts';
import { type Home, newHome, root } from '../support/home.ts';
import { type SlowLink, startSlowLink } from '../support/network/slowLink.ts';
import { CodeServer } from '../support/servers/codeServer.ts';
import { type Seaweed, startSeaweed } from '../support/servers/seaweed.ts';
import { Workbench } from './workbench.ts';

const vsix = join(root, 'dist', 'forebay.vsix');

/** By the class that the workbench then has. */
const themes = {
  vs: 'Light 2026',
  'vs-dark': 'Dark 2026',
  'hc-black': 'Dark High Contrast',
};

const settings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.colorTheme': themes.vs,
  'chat.disableAIFeatures': true,
  // A person agrees once to what a link opens.
  'extensions.confirmedUriHandlerExtensionIds': ['forebay.forebay'],
  // Drawn as text, which tests can read.
  'terminal.integrated.gpuAcceleration': 'off',
  // Else the command stands above its output once more, as a terminal of its own.
  'terminal.integrated.stickyScroll.enabled': false,
};

const restrictedSettings = {
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};

type Theme = keyof typeof themes;

/** Changes the colour theme as a person does, and waits until it shows. */
export async function chooseTheme(workbench: Workbench, name: Theme): Promise<void> {
  const choose = async () => {
    await workbench.page.keyboard.press('Control+K');
    await workbench.page.keyboard.press('Control+T');
    await workbench.choose(themes[name], 3000);
    await workbench.page.locator(`.monaco-workbench.${name}`).waitFor({ timeout: 10_000 });
  };
  // A page that gets the focus late closes the list, before or while a theme is chosen from it.
  await choose().catch(choose);
}

interface EditorOptions {
  /** The lake is S3 behind a network of a chosen speed; else the default, a folder. */
  network?: boolean;
  /** The window opens in Restricted Mode. */
  restricted?: boolean;
  /** Makes another extension below the folder that it is given, and says where it is packed. */
  other?: (folder: string) => Promise<string>;
}

export interface OpenEditor {
  server: CodeServer;
  browser: Browser;
  workbench: Workbench;
}

/** VS Code on the home's folder `work`, open in a browser; in Restricted Mode where that is asked for. */
export async function openEditor(home: Home, restricted = false, others: string[] = []): Promise<OpenEditor> {
  if (!existsSync(vsix)) throw new Error(`${vsix} isn't there: run 'npm run build' first.`);
  // The editor finds a Node by itself, and the daemon is the one that the extension brings.
  const { FOREBAY_NODE: _, ...ownEnv } = home.env;
  await mkdir(home.path('editor'));
  const server = await CodeServer.start({
    state: home.path('editor'),
    workspace: home.path('work'),
    vsix,
    others,
    env: ownEnv,
    settings: restricted ? { ...settings, ...restrictedSettings } : settings,
    asksForTrust: restricted,
  });
  const browser = await launchChromium();
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const workbench = new Workbench(await context.newPage());
  await workbench.open(server.url);
  return { server, browser, workbench };
}

/** A person's machine with VS Code open on a folder of scans and a notebook. */
export class Editor {
  readonly home: Home;
  readonly workbench: Workbench;
  readonly #network: Network | undefined;
  readonly #server: CodeServer;
  readonly #browser: Browser;

  private constructor(
    home: Home,
    network: Network | undefined,
    server: CodeServer,
    browser: Browser,
    workbench: Workbench,
  ) {
    this.home = home;
    this.#network = network;
    this.#server = server;
    this.#browser = browser;
    this.workbench = workbench;
  }

  static async open({ network = false, restricted = false, other }: EditorOptions = {}): Promise<Editor> {
    const lake = network ? await startNetwork() : undefined;
    const home = await newHome(lake?.env);
    await fillWorkspace(home.path('work'));
    const { server, browser, workbench } = await openEditor(
      home,
      restricted,
      other ? [await other(home.path('other'))] : [],
    );
    return new Editor(home, lake, server, browser, workbench);
  }

  theme(name: Theme): Promise<void> {
    return chooseTheme(this.workbench, name);
  }

  /** Changes a setting as a person does who edits the file. */
  async set(key: string, value: unknown): Promise<void> {
    const file = this.home.path('editor', 'user', 'User', 'settings.json');
    await writeFile(file, JSON.stringify({ ...JSON.parse(await readFile(file, 'utf8')), [key]: value }));
  }

  get link(): SlowLink {
    if (!this.#network) throw new Error('This lake is a folder.');
    return this.#network.link;
  }

  get lake(): Seaweed {
    if (!this.#network) throw new Error('This lake is a folder.');
    return this.#network.lake;
  }

  clipboard(): Promise<string> {
    return this.workbench.page.evaluate('navigator.clipboard.readText()');
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    await this.home.remove();
    this.#network?.link.stop();
    await this.#network?.lake.stop();
  }
}

interface Network {
  lake: Seaweed;
  link: SlowLink;
  env: Record<string, string>;
}

async function startNetwork(): Promise<Network> {
  const lake = await startSeaweed();
  const link = await startSlowLink(lake.endpoint);
  const env = { ...lake.env, AWS_ENDPOINT_URL_S3: link.endpoint, FOREBAY_LAKE: `s3://${lake.bucket()}` };
  return { lake, link, env };
}

/** `scans` with 240 pictures in four classes, `bulk` with 12 MB that don't shrink, a notebook and a script. */
async function fillWorkspace(folder: string): Promise<void> {
  const random = seeded(7);
  const labels = ['path,class'];
  for (const name of ['effusion', 'mass', 'nodule', 'normal']) {
    await mkdir(join(folder, 'scans', 'images', name), { recursive: true });
    for (let index = 0; index < 60; index++) {
      const path = `images/${name}/${String(index).padStart(4, '0')}.png`;
      await writeFile(join(folder, 'scans', path), drawScan(96, random));
      labels.push(`${path},${name}`);
    }
  }
  await writeFile(join(folder, 'scans', 'labels.csv'), `${labels.join('\n')}\n`);
  await mkdir(join(folder, 'bulk'));
  for (let index = 0; index < 24; index++) {
    await writeFile(join(folder, 'bulk', `${index}.bin`), randomBytes(500_000));
  }
  await writeFile(join(folder, 'train.py'), 'import os\n\nprint(os.getcwd())\n');
  const cell = {
    cell_type: 'code',
    execution_count: null,
    metadata: {},
    outputs: [],
    source: ['import numpy as np\n', 'from PIL import Image'],
  };
  const notebook = {
    cells: [cell],
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  await writeFile(join(folder, 'train.ipynb'), JSON.stringify(notebook));
}
