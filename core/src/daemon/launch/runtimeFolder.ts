import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ForebayError } from '../../api/errors.ts';

/** A Unix socket's path holds 104 bytes on macOS and 108 on Linux (unix(7)), an ending zero included. */
const longestSocketPath = 100;

/**
 * The folder of what lives per host and boot: socket, lock, log. It is found from the home's real path,
 * so that every front end agrees and two homes are two machines. Nothing is made here.
 */
export function runtimeFolderOf(home: string, env: NodeJS.ProcessEnv = process.env): string {
  const user = process.getuid?.() ?? os.userInfo().username;
  const below = path.join(`forebay-${user}`, homeHash(home));
  const places = [env.XDG_RUNTIME_DIR, os.tmpdir(), '/tmp'].filter(
    (place) => place !== undefined && place !== '',
  );
  const folders = places.map((place) => path.join(place as string, below));
  const fits = (folder: string) => Buffer.byteLength(path.join(folder, 'daemon.sock')) < longestSocketPath;
  return folders.find(fits) ?? (folders[0] as string);
}

export function socketPathOf(home: string, env: NodeJS.ProcessEnv = process.env): string {
  return path.join(runtimeFolderOf(home, env), 'daemon.sock');
}

/** Makes the folder, 0700, and refuses one that somebody else owns or can write to. */
export function makeRuntimeFolder(home: string, env: NodeJS.ProcessEnv = process.env): string {
  const folder = runtimeFolderOf(home, env);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const each of [path.dirname(folder), folder]) checkOwn(each);
  return folder;
}

/** First 12 digits of the SHA-256 of the home's real path. */
export function homeHash(home: string): string {
  return createHash('sha256')
    .update(realPath(path.resolve(home)))
    .digest('hex')
    .slice(0, 12);
}

function checkOwn(folder: string): void {
  const stat = fs.lstatSync(folder);
  const uid = process.getuid?.();
  if (stat.isDirectory() && (uid === undefined || (stat.uid === uid && (stat.mode & 0o022) === 0))) return;
  throw new ForebayError(
    'daemon-unreachable',
    `${folder} belongs to somebody else or can be written by others, so Forebay doesn't put its socket there.`,
    'Remove the folder, or point XDG_RUNTIME_DIR to one of your own.',
  );
}

/** The real path also of a folder that isn't there yet. */
function realPath(folder: string): string {
  try {
    return fs.realpathSync.native(folder);
  } catch {
    const parent = path.dirname(folder);
    return parent === folder ? folder : path.join(realPath(parent), path.basename(folder));
  }
}
