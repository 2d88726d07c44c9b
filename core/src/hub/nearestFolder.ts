import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** `path` itself where it is a folder, else the nearest folder above it: where it would be made. */
export async function nearestFolder(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) {
    const there = await stat(at).catch(() => undefined);
    if (there?.isDirectory() || at === dirname(at)) return at;
  }
}
