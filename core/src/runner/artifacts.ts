import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Readable } from 'node:stream';
import { recordedFiles } from '../api/recordedFiles.ts';
import type { Run } from '../api/schemas.ts';
import type { Code } from './code.ts';
import type { Environment } from './environment.ts';

export interface Artifact {
  /** Within the run's artifacts, with `/`. */
  path: string;
  open: () => Readable | Buffer;
}

export function codeArtifacts({ diff, untracked }: Code): Artifact[] {
  return [
    ...(diff.length === 0 ? [] : [{ path: recordedFiles.diff, open: () => diff }]),
    ...untracked.map(({ path, bytes }) => ({ path: `${recordedFiles.untracked}${path}`, open: () => bytes })),
  ];
}

export function environmentArtifacts(environment: Environment): Artifact[] {
  const { python, ...machine } = environment;
  const { packages = [], ...interpreter } = python ?? {};
  const about = { ...machine, python: python === null ? null : interpreter };
  return [
    { path: recordedFiles.environment, open: () => Buffer.from(`${JSON.stringify(about, null, 2)}\n`) },
    ...(python === null
      ? []
      : [{ path: recordedFiles.requirements, open: () => Buffer.from(`${packages.join('\n')}\n`) }]),
  ];
}

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
