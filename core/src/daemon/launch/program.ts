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
  return kept;
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
