import { closeSync, fstatSync, readSync } from 'node:fs';
import { mkdir, open, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { arrive } from '../../artifact/arrive.ts';
import { artifactPath } from '../../artifact/place.ts';
import type { Problems } from '../problems.ts';
import { openPlain } from '../readText.ts';
import { filesBelow } from '../walk.ts';

export interface Copying {
  problems: Problems;
  dryRun: boolean;
  /** Awaited at each turn; throws where the import was cancelled. */
  pause: () => Promise<void> | undefined;
  /** Told of each part of a file that was copied. */
  copied: (bytes: number) => void;
}

const blockSize = 1 << 20;

/** Copies what lies below a folder and isn't there yet, by size and time; how many files that were. */
export async function copyArtifacts(from: string, to: string, copying: Copying): Promise<number> {
  let files = 0;
  for (const path of filesBelow(from, copying.problems)) {
    await copying.pause();
    try {
      if (await copyNew(join(from, path), artifactPath(to, path), copying)) files += 1;
    } catch (error) {
      if (isEnd(error)) throw error;
      copying.problems.add(`${join(from, path)}: ${error instanceof Error ? error.message : error}`);
    }
  }
  return files;
}

/** A full disk and a cancelled job end the import; what one file can't give doesn't. */
function isEnd(error: unknown): boolean {
  const { code, name } = error as NodeJS.ErrnoException;
  return name === 'AbortError' || code === 'ENOSPC' || code === 'EDQUOT';
}

/** False where the same file is there already. It gets its name once it is whole. */
async function copyNew(from: string, to: string, { dryRun, pause, copied }: Copying): Promise<boolean> {
  const file = openPlain(from);
  try {
    const { size, mtime } = fstatSync(file);
    const there = await stat(to).catch(() => undefined);
    if (there?.size === size && there.mtimeMs === mtime.getTime()) return false;
    if (dryRun) {
      copied(size);
      return true;
    }
    await mkdir(dirname(to), { recursive: true });
    await arrive(dirname(to), async (arriving) => {
      await writeFrom(file, arriving, pause, copied);
      await utimes(arriving, mtime, mtime);
      return to;
    });
    return true;
  } finally {
    closeSync(file);
  }
}

async function writeFrom(
  file: number,
  to: string,
  pause: Copying['pause'],
  copied: Copying['copied'],
): Promise<void> {
  const target = await open(to, 'wx');
  try {
    const block = Buffer.allocUnsafe(blockSize);
    for (;;) {
      await pause();
      const count = readSync(file, block, 0, blockSize, null);
      if (count === 0) return;
      await target.write(block, 0, count);
      copied(count);
    }
  } finally {
    await target.close();
  }
}
