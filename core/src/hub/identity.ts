import { randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomName } from '../dataset/names.ts';

/**
 * The hub's id, in `hub.json` of its folder and not in the database, so that a rebuilt hub still owns its caches.
 * `existed` tells whether it was there already.
 */
export async function hubIdentity(folder: string): Promise<{ id: string; existed: boolean }> {
  const path = join(folder, 'hub.json');
  const found = await read(path);
  if (found) return { id: found, existed: true };
  const temporary = `${path}.${randomUUID()}`;
  await writeFile(temporary, `${JSON.stringify({ format: 1, id: randomName() })}\n`, { flush: true });
  try {
    await link(temporary, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(temporary);
  }
  const id = await read(path);
  if (!id) throw new Error(`${path} can't be read back.`);
  return { id, existed: false };
}

async function read(path: string): Promise<string | undefined> {
  try {
    return (JSON.parse(await readFile(path, 'utf8')) as { id: string }).id;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
