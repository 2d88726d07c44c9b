import { ForebayError } from '../api/errors.ts';
import { fileType } from '../api/fileType.ts';
import type { Version } from '../api/schemas.ts';
import type { Client } from '../client/index.ts';
import { selectorOf } from './resolve.ts';
import type { Picture } from './tool.ts';
import { characterStart, longestCharacter, wholeText } from './wholeText.ts';

/** Bytes of a picture that is shown. */
const largestPicture = 1024 * 1024;

/** Those that assistants take (https://modelcontextprotocol.io, image content). */
const pictures: Partial<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

export interface FileText {
  path: string;
  size: number;
  kind: 'text' | 'picture' | 'binary';
  text: string | null;
  next: number | null;
  picture?: Picture;
}

/**
 * A file's text from `start` on, at most `bytes` of it, or the picture that it is; where `start` lies within a character,
 * from that character on. Throws `bad-path`.
 */
export async function readFile(request: {
  client: Client;
  version: Version;
  path: string;
  start: number;
  bytes: number;
  signal: AbortSignal;
}): Promise<FileText> {
  const { client, version, path, start, bytes, signal } = request;
  const { dataset } = version;
  const { kind, size } = await client.versions.entry(dataset, selectorOf(version), path);
  if (kind === 'folder') {
    throw new ForebayError('bad-path', `${path} is a folder.`, 'list_files says what is in it.');
  }
  const read = (range?: { start: number; end: number }) =>
    client.versions.content(dataset, selectorOf(version), path, { ...(range ? { range } : {}), signal });
  const mimeType = pictures[fileType(path)];
  if (mimeType !== undefined && size <= largestPicture) {
    const base64 = Buffer.from(await read()).toString('base64');
    return { path, size, kind: 'picture', text: null, next: null, picture: { mimeType, base64 } };
  }
  if (start >= size) return { path, size, kind: 'text', text: '', next: null };
  const end = Math.min(size, start + bytes);
  const before = Math.min(start, longestCharacter - 1);
  const found = await read({ start: start - before, end });
  const first = characterStart(found, before);
  const part = wholeText(found.subarray(first), end === size);
  if (part === null) return { path, size, kind: 'binary', text: null, next: null };
  const next = start - before + first + part.bytes;
  return { path, size, kind: 'text', text: part.text, next: next < size ? next : null };
}
