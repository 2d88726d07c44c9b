import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where MLflow's clients reach this home's daemon; kept, so that shells and notebooks go on after a restart. */
export interface TrackingAddress {
  port: number;
  token: string;
}

const fileOf = (folder: string) => join(folder, 'tracking.json');

/** Undefined where nobody has asked for it yet. */
export async function readAddress(folder: string): Promise<TrackingAddress | undefined> {
  const text = await readFile(fileOf(folder), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const { port, token } = JSON.parse(text) as TrackingAddress;
    return Number.isInteger(port) && typeof token === 'string' && token.length >= 32
      ? { port, token }
      : undefined;
  } catch {
    return undefined;
  }
}

/** For its owner alone. */
export async function writeAddress(folder: string, address: TrackingAddress): Promise<void> {
  const arriving = `${fileOf(folder)}.${process.pid}`;
  await writeFile(arriving, `${JSON.stringify(address)}\n`, { mode: 0o600 });
  await rename(arriving, fileOf(folder));
}

export const newToken = (): string => randomBytes(32).toString('base64url');
