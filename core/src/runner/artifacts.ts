import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Readable } from 'node:stream';
import { recordedFiles } from '../api/run/recordedFiles.ts';
import type { Run } from '../api/schemas.ts';
import type { RecordedFile } from '../run/recordedFile.ts';

export interface Artifact {
  /** Within the run's artifacts, with `/`. */
  path: string;
  open: () => Readable | Buffer;
}

export const artifactsOf = (files: readonly RecordedFile[]): Artifact[] =>
  files.map(({ path, bytes }) => ({ path, open: () => bytes }));

/** What was declared, for who does the run again. */
export function paramArtifacts(params: Run['params']): Artifact[] {
  if (Object.keys(params).length === 0) return [];
  return [{ path: recordedFiles.params, open: () => Buffer.from(`${JSON.stringify(params, null, 2)}\n`) }];
}

/** Every file that a command left in its output folder; links are not followed. */
export async function outputArtifacts(top: string): Promise<Artifact[]> {
  const found = await readdir(top, { recursive: true, withFileTypes: true }).catch(() => []);
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: relative(top, path), open: () => createReadStream(path) };
    });
}
