import { randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { own } from '../../api/own.ts';
import { absent, invalid } from '../error.ts';
import { artifactPath } from './place.ts';

export interface ArtifactFile {
  /** Of the file or folder itself. */
  name: string;
  isFolder: boolean;
  /** Bytes; null of a folder. */
  bytes: number | null;
}

/** Of a file that isn't whole yet. */
const arrivingName = /^\.[0-9a-f]{16}\.arriving$/;

/** A file is there whole or not at all: it gets its name once all of it has come. */
export async function writeArtifact(root: string, relative: string, body: ReadableStream | null) {
  if (relative === '' || relative.endsWith('/')) throw invalid(`Invalid path: ${relative}`);
  const target = artifactPath(root, relative);
  await mkdir(path.dirname(target), { recursive: true }).catch(refuse(relative));
  const arriving = path.join(path.dirname(target), `.${randomBytes(8).toString('hex')}.arriving`);
  try {
    await pipeline(
      body ? Readable.fromWeb(body) : Readable.from([]),
      createWriteStream(arriving, { flags: 'wx' }),
    );
    await rename(arriving, target);
  } catch (error) {
    await rm(arriving, { force: true });
    refuse(relative)(error);
  }
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
  const shown = found.filter(({ name }) => !arrivingName.test(name));
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
