import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Home } from '../home.ts';
import { drawScan } from './scan.ts';
import { seeded } from './tree.ts';

const classes = { effusion: 30, mass: 20, nodule: 25, normal: 60 };
export const dataset = 'chest-xray';
export const longPath =
  'notes/national-lung-screening-trial-2011-baseline-cohort-b/readers-second-opinion-of-2011-11-23.md';

/** Two versions of a dataset in the home's folder `work/chest`, whose difference has a bit of everything. */
export async function twoVersions(home: Home): Promise<string> {
  const folder = home.path('work', 'chest');
  const random = seeded(7);
  for (const [name, count] of Object.entries(classes)) {
    await mkdir(join(folder, 'images', name), { recursive: true });
    for (let nth = 0; nth < count; nth++) await writeFile(scan(folder, name, nth), drawScan(96, random));
  }
  await mkdir(join(folder, 'models'));
  await mkdir(join(folder, longPath, '..'), { recursive: true });
  const bytes = Buffer.alloc(300_000, 7);
  await writeFile(join(folder, 'models', 'baseline.pt'), bytes);
  await writeFile(
    join(folder, 'labels.csv'),
    table(40, () => 'normal'),
  );
  await writeFile(
    join(folder, 'config.json'),
    JSON.stringify({ lr: 0.1, layers: [{ units: 8 }, { units: 16 }] }),
  );
  await writeFile(join(folder, 'README.md'), readme('as they came'));
  await writeFile(join(folder, longPath), 'first opinion\n');
  await sync(home, folder, 'as they came');
  for (let nth = 0; nth < 12; nth++) await rm(scan(folder, 'normal', nth));
  for (let nth = 0; nth < 3; nth++)
    await rename(scan(folder, 'mass', nth), scan(folder, 'nodule', nth + 100));
  for (let nth = 0; nth < 5; nth++) await writeFile(scan(folder, 'effusion', nth), drawScan(96, random));
  for (let nth = 30; nth < 34; nth++) await writeFile(scan(folder, 'effusion', nth), drawScan(112, random));
  bytes[123_456] = 8;
  await writeFile(join(folder, 'models', 'baseline.pt'), bytes);
  await writeFile(
    join(folder, 'labels.csv'),
    table(38, (nth) => (nth % 9 === 0 ? 'mass' : 'normal'), ',reader', ',ana'),
  );
  await writeFile(
    join(folder, 'config.json'),
    JSON.stringify({ lr: 0.01, layers: [{ units: 8 }, { units: 32 }, { units: 4 }] }),
  );
  await writeFile(join(folder, 'README.md'), readme('without duplicates'));
  await writeFile(join(folder, longPath), 'second opinion\n');
  await sync(home, folder, 'drop 12 duplicates, second opinion');
  return folder;
}

export const scan = (folder: string, name: string, nth: number) =>
  join(folder, 'images', name, `${String(nth).padStart(8, '0')}_000.png`);

export async function sync(home: Home, folder: string, message: string): Promise<void> {
  await home.run('-C', folder, 'data', 'init', dataset);
  await home.json('-C', folder, 'data', 'sync', '-m', message);
}

function table(rows: number, label: (nth: number) => string, head = '', more = ''): string {
  const lines = Array.from(
    { length: rows },
    (_, nth) => `${String(nth).padStart(8, '0')}_000.png,${label(nth)}${more}`,
  );
  return `image,label${head}\n${lines.join('\n')}\n`;
}

function readme(what: string): string {
  const lines = Array.from({ length: 30 }, (_, nth) => `Line ${nth + 1} of what everybody knows.`);
  lines[12] = `These are scans ${what}.`;
  return `# Chest scans\n\n${lines.join('\n')}\n`;
}
