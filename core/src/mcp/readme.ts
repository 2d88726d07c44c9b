import { isReadme } from '../api/readme.ts';
import type { Version } from '../api/schemas.ts';
import type { Client } from '../client/index.ts';
import { selectorOf } from './resolve.ts';

/** Bytes of a README that are worth an assistant's attention. */
const most = 16 * 1024;

/** The text at the top of a version that says what it is, its first 16 KiB; null where it has none. */
export async function readReadme(
  { versions }: Client,
  version: Version,
  signal: AbortSignal,
): Promise<string | null> {
  const { dataset } = version;
  const request = { folder: '', begins: 'readme', limit: 20 };
  const { items } = await versions.files(dataset, selectorOf(version), request, signal);
  const file = items.find(({ kind, path }) => kind === 'file' && isReadme(path));
  if (!file) return null;
  if (file.size === 0) return '';
  const range = { start: 0, end: Math.min(file.size, most) };
  const bytes = await versions.content(dataset, selectorOf(version), file.path, { range, signal });
  return new TextDecoder().decode(bytes);
}
