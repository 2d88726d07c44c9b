import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { own } from '../../api/own.ts';
import { absent, invalid } from '../error.ts';
import { arrive, isArriving } from './arrive.ts';
import { artifactPath } from './place.ts';

export interface ArtifactFile {
  /** Of the file or folder itself. */
  name: string;
  isFolder: boolean;
  /** Bytes; null of a folder. */
  bytes: number | null;
}

export async function writeArtifact(root: string, relative: string, body: ReadableStream | null) {
  if (relative === '' || relative.endsWith('/')) throw invalid(`Invalid path: ${relative}`);
  const target = artifactPath(root, relative);
  const folder = path.dirname(target);
  await mkdir(folder, { recursive: true }).catch(refuse(relative));
  await arrive(folder, async (arriving) => {
    await writeFile(arriving, body ? Readable.fromWeb(body) : '', { flag: 'wx' });
    return target;
  }).catch(refuse(relative));
}

export async function readArtifact(
  root: string,
  relative: string,
): Promise<{ body: Readable; bytes: number }> {
  const target = artifactPath(root, relative);
  const found = await stat(target).catch(() => undefined);
  if (!found?.isFile()) throw absent(`There is no artifact '${relative}'.`);
  return { body: createReadStream(target), bytes: found.size };
}

/** What lies in a folder of artifacts, by name; nothing where there is none. */
export async function listArtifacts(root: string, relative: string): Promise<ArtifactFile[]> {
  const folder = artifactPath(root, relative);
  const found = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const shown = found.filter(({ name }) => !isArriving(name));
  const files = await Promise.all(
    shown.map(async (entry) => ({
      name: entry.name,
      isFolder: entry.isDirectory(),
      bytes: entry.isDirectory() ? null : (await stat(path.join(folder, entry.name))).size,
    })),
  );
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Every file below a folder, by path from the root; links are not followed. */
export async function findArtifacts(
  root: string,
  relative: string,
): Promise<{ path: string; bytes: number }[]> {
  const files: { path: string; bytes: number }[] = [];
  const folders = [relative.replace(/\/$/, '')];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const prefix = folder === '' ? '' : `${folder}/`;
    for (const { name, isFolder, bytes } of await listArtifacts(root, folder)) {
      if (isFolder) folders.push(prefix + name);
      else files.push({ path: prefix + name, bytes: bytes ?? 0 });
    }
  }
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

export async function deleteArtifacts(root: string, relative: string): Promise<void> {
  if (relative === '') throw invalid('Invalid path: the artifacts of all runs.');
  await rm(artifactPath(root, relative), { recursive: true, force: true }).catch(refuse(relative));
}

const impossible: Record<string, string> = {
  ENAMETOOLONG: 'a name in it is too long',
  ENOTDIR: 'a file stands where it has a folder',
  EEXIST: 'a file stands where it has a folder',
  EISDIR: 'a folder of that name is there',
  ENOTEMPTY: 'a folder of that name is there',
};

/** What a client asked for and no file system can do is its mistake; anything else is ours. */
const refuse =
  (relative: string) =>
  (error: unknown): never => {
    const why = own(impossible, (error as NodeJS.ErrnoException).code ?? '');
    throw why === undefined ? error : invalid(`Invalid path: ${relative}: ${why}.`);
  };
