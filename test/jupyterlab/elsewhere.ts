import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Home } from '../support/home.ts';

/** Sooner than the side bar reads all again by itself, every 30 s: by events, milliseconds. */
export const byEvents = { timeout: 10_000 };

/** A dataset with one version of a table, as somebody makes it whom JupyterLab only hears of by events. */
export async function makeVersion(home: Home, name: string, message: string): Promise<void> {
  const folder = home.path('work', name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'data.csv'), `id,label\n1,${message}\n`);
  await home.run('-C', folder, 'data', 'init', name);
  await home.json('-C', folder, 'data', 'sync', '-m', message);
}
