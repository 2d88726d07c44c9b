import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Whether a file of that name isn't whole yet. */
export const isArriving = (name: string) => /^\.[0-9a-f]{16}\.arriving$/.test(name);

/**
 * A file is there whole or not at all: it is written under another name, and gets its own, which `write` answers,
 * once that is done. Where `write` rejects nothing is left, as long as it has let go of the file by then.
 */
export async function arrive(folder: string, write: (arriving: string) => Promise<string>): Promise<void> {
  const arriving = path.join(folder, `.${randomBytes(8).toString('hex')}.arriving`);
  try {
    await rename(arriving, await write(arriving));
  } catch (error) {
    await rm(arriving, { force: true });
    throw error;
  }
}
