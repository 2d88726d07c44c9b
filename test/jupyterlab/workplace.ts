import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/browser/chromium.ts';
import { drawScan } from '../support/data/scan.ts';
import { seeded } from '../support/data/tree.ts';
import { type Home, newHome } from '../support/home.ts';
import { type SlowLink, startSlowLink } from '../support/network/slowLink.ts';
import { JupyterLab } from '../support/servers/jupyterlab.ts';
import { makeObjects, putAll } from '../support/servers/objects.ts';
import { type Seaweed, startSeaweed } from '../support/servers/seaweed.ts';
import { Lab } from './lab.ts';
import { notebookFile } from './notebookFile.ts';

export const longName = 'national-lung-screening-trial-2011-baseline-cohort-b';

export interface OpenLab {
  server: JupyterLab;
  browser: Browser;
  lab: Lab;
}

/** JupyterLab on the home's folder `work`, open in a browser. */
export async function openLab(home: Home, baseUrl = '/'): Promise<OpenLab> {
  // The wheel brings its own Node and its own daemon.
  const { FOREBAY_NODE: _, ...env } = home.env;
  const server = await JupyterLab.start({
    state: home.path('jupyter'),
    workspace: home.path('work'),
    env,
    baseUrl,
  });
  const browser = await launchChromium();
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const lab = new Lab(await context.newPage());
  await lab.open(server.url);
  return { server, browser, lab };
}

/** A person's machine with JupyterLab open on a folder, and a lake behind a network whose speed can be set. */
export class Workplace {
  readonly home: Home;
  readonly link: SlowLink;
  readonly server: JupyterLab;
  readonly lab: Lab;
  readonly #lake: Seaweed;
  readonly #browser: Browser;

  private constructor(
    home: Home,
    lake: Seaweed,
    link: SlowLink,
    server: JupyterLab,
    browser: Browser,
    lab: Lab,
  ) {
    this.home = home;
    this.#lake = lake;
    this.link = link;
    this.server = server;
    this.#browser = browser;
    this.lab = lab;
  }

  static async open(): Promise<Workplace> {
    const lake = await startSeaweed();
    const link = await startSlowLink(lake.endpoint);
    const env = { ...lake.env, AWS_ENDPOINT_URL_S3: link.endpoint, FOREBAY_LAKE: `s3://${lake.bucket()}` };
    const home = await newHome(env);
    await fillFolders(home.path('work'));
    const { server, browser, lab } = await openLab(home);
    return new Workplace(home, lake, link, server, browser, lab);
  }

  /** A folder of the workplace becomes the next version of a dataset, by the command line. */
  async sync(folder: string, dataset: string, message: string): Promise<void> {
    const path = this.home.path('work', folder);
    await this.home.run('-C', path, 'data', 'init', dataset);
    await this.home.json('-C', path, 'data', 'sync', '-m', message);
  }

  /** Puts objects into a bucket of somebody else's, which it names. */
  async deliver(contents: Record<string, string>): Promise<string> {
    const objects = await makeObjects(this.#lake);
    await putAll(objects, Object.entries(contents));
    objects.close();
    return objects.bucket;
  }

  clipboard(): Promise<string> {
    return this.lab.page.evaluate('navigator.clipboard.readText()');
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.server.stop();
    await this.home.remove();
    this.link.stop();
    await this.#lake.stop();
  }
}

/** `scans` with 240 pictures in four classes, `bulk` with 12 MB that don't shrink, the same under a long name, and a notebook. */
async function fillFolders(folder: string): Promise<void> {
  const random = seeded(11);
  for (const name of ['effusion', 'mass', 'nodule', 'normal']) {
    await mkdir(join(folder, 'scans', name), { recursive: true });
    for (let index = 0; index < 60; index++) {
      const file = join(folder, 'scans', name, `${String(index).padStart(4, '0')}.png`);
      await writeFile(file, drawScan(96, random));
    }
  }
  for (const name of ['bulk', longName]) {
    await mkdir(join(folder, name));
    for (let index = 0; index < 24; index++) {
      await writeFile(join(folder, name, `${index}.bin`), randomBytes(500_000));
    }
  }
  await writeFile(join(folder, 'train.ipynb'), notebookFile('print("before")'));
}
