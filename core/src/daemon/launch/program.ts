import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

declare const FOREBAY_BUNDLED: boolean | undefined;

/** The program that a daemon started from here would run: this bundle, or `main.ts` from source. */
export function ownProgram(): string {
  return typeof FOREBAY_BUNDLED === 'undefined'
    ? fileURLToPath(new URL('../../main.ts', import.meta.url))
    : fileURLToPath(import.meta.url);
}

/**
 * A copy of a bundle under the home, since editors and pip delete old ones while their daemon runs.
 * Sources (`main.ts`) stay where they are. Returns the path to run.
 */
export async function keepProgram(home: string, program: string): Promise<string> {
  if (program.endsWith('.ts')) return program;
  const bytes = await fs.readFile(program);
  const kept = path.join(home, 'bundles', hashOf(bytes), 'forebay.mjs');
  if (path.resolve(program) === kept || (await isWhole(kept, bytes))) return kept;
  await fs.mkdir(path.dirname(kept), { recursive: true });
  const unfinished = `${kept}.${randomUUID()}`;
  await fs.writeFile(unfinished, bytes);
  await fs.rename(unfinished, kept);
  await pruneBundles(home, kept);
  return kept;
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

/** First 12 digits of the SHA-256 of a program's file, as `hello` tells it. */
export async function programHash(program: string): Promise<string> {
  return hashOf(await fs.readFile(program));
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 12);
}

async function isWhole(file: string, bytes: Buffer): Promise<boolean> {
  try {
    return bytes.equals(await fs.readFile(file));
  } catch {
    return false;
  }
}
