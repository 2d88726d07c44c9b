import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { entry } from '../../entry.ts';

/** The program that a daemon started from here would run: this bundle, or `main.ts` from source. */
export function ownProgram(): string {
  return fileURLToPath(entry);
}

/** The first file of every bundle; it names the others by their content's hash, so that its own stands for all. */
const first = 'forebay.mjs';

/**
 * A copy of a bundle's folder under the home, since editors and pip delete old ones while their daemon runs.
 * Sources (`main.ts`) stay where they are. Returns the path to run.
 */
export async function keepProgram(home: string, program: string): Promise<string> {
  if (program.endsWith('.ts')) return program;
  const bundle = path.dirname(path.resolve(program));
  const copy = path.join(home, 'bundles', await programHash(program));
  const kept = path.join(copy, first);
  if (bundle === copy) return kept;
  await fs.mkdir(copy, { recursive: true });
  const files = (await fs.readdir(bundle)).filter((name) => name.endsWith('.mjs') && name !== first);
  for (const name of files) await keepFile(path.join(bundle, name), path.join(copy, name));
  if (await keepFile(program, kept)) await pruneBundles(home, kept);
  return kept;
}

/** Copies a file unless it is there, whole; answers whether it did. */
async function keepFile(file: string, kept: string): Promise<boolean> {
  const bytes = await fs.readFile(file);
  if (await isWhole(kept, bytes)) return false;
  const unfinished = `${kept}.${randomUUID()}`;
  await fs.writeFile(unfinished, bytes);
  await fs.rename(unfinished, kept);
  return true;
}

/** How many copies stay, the newest ones. */
const copiesKept = 3;

/** Removes old copies but the newest, the one that `daemon.json` tells others to start and `kept`. */
async function pruneBundles(home: string, kept: string): Promise<void> {
  const folder = path.join(home, 'bundles');
  const copies = await Promise.all(
    (await fs.readdir(folder)).map(async (name) => {
      const copy = path.join(folder, name);
      return { copy, made: (await fs.stat(copy).catch(() => undefined))?.mtimeMs ?? 0 };
    }),
  );
  const inUse = [path.dirname(kept), path.dirname(await startedBefore(home))];
  const old = copies.sort((a, b) => b.made - a.made).slice(copiesKept);
  for (const { copy } of old) {
    // One that can't be removed now goes the next time.
    if (!inUse.includes(copy)) await fs.rm(copy, { recursive: true, force: true }).catch(() => {});
  }
}

/** The bundle of the daemon that runs or ran last. */
async function startedBefore(home: string): Promise<string> {
  try {
    const { bundle } = JSON.parse(await fs.readFile(path.join(home, 'daemon.json'), 'utf8'));
    return typeof bundle === 'string' ? bundle : '';
  } catch {
    return '';
  }
}

/** First 12 digits of the SHA-256 of a program's first file, as `hello` tells it. */
export async function programHash(program: string): Promise<string> {
  return createHash('sha256')
    .update(await fs.readFile(program))
    .digest('hex')
    .slice(0, 12);
}

async function isWhole(file: string, bytes: Buffer): Promise<boolean> {
  try {
    return bytes.equals(await fs.readFile(file));
  } catch {
    return false;
  }
}
