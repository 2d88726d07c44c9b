import { constants } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { invalid } from '../error.ts';

/** What a run printed, standard output and error as they came, in one file beside its artifacts. */
export const outputPath = (folder: string, runId: string) => join(folder, 'output', `${runId}.log`);

/**
 * Puts what was printed at its place, so that what is sent twice stands once. Tells how long the output is now, in bytes.
 * Throws `INVALID_PARAMETER_VALUE` for what would leave a hole.
 */
export async function writeOutput(
  folder: string,
  runId: string,
  at: number,
  bytes: Uint8Array,
): Promise<number> {
  const path = outputPath(folder, runId);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    const { size } = await file.stat();
    if (at > size) throw hole(runId, at, size);
    await file.write(bytes, 0, bytes.length, at);
    return Math.max(size, at + bytes.length);
  } finally {
    await file.close();
  }
}

/** At most `most` bytes of what was printed, from byte `from`; nothing where nothing was. */
export async function readOutput(
  folder: string,
  runId: string,
  { from, most }: { from: number; most: number },
): Promise<{ bytes: Uint8Array; size: number }> {
  const file = await open(outputPath(folder, runId), 'r').catch(() => undefined);
  if (!file) return { bytes: new Uint8Array(), size: 0 };
  try {
    const { size } = await file.stat();
    const wanted = new Uint8Array(Math.max(0, Math.min(most, size - from)));
    const { bytesRead } = await file.read(wanted, 0, wanted.length, from);
    return { bytes: wanted.subarray(0, bytesRead), size };
  } finally {
    await file.close();
  }
}

function hole(runId: string, at: number, size: number) {
  return invalid(`Output of run ${runId} goes on at byte ${size}, not ${at}.`);
}
