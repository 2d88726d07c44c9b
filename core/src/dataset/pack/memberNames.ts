import { hash } from 'node:crypto';
import type { FileEntry } from '../entry.ts';

/** Bytes of a name that file systems hold. */
const nameMost = 255;

/** Name inside a pack of the whole file as a zstd frame; undefined where no file system could hold it. */
export function zstdPath(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return Buffer.byteLength(name) + 4 > nameMost ? undefined : `.forebay/zstd/${path}.zst`;
}

/** Name inside a pack of chunk `number` (from 1) of a large file; `.zst` says that it is a zstd frame. */
export function partPath(path: string, number: number, compressed = false): string {
  const end = `.${String(number).padStart(5, '0')}${compressed ? '.zst' : ''}`;
  const slash = path.lastIndexOf('/') + 1;
  const name = path.slice(slash);
  const most = nameMost - '.00001.zst'.length;
  if (Buffer.byteLength(name) <= most) return `.forebay/part/${path}${end}`;
  const mark = `~${hash('sha256', path).slice(0, 8)}`;
  return `.forebay/part/${path.slice(0, slash)}${beginning(name, most - mark.length)}${mark}${end}`;
}

/** Name inside a pack of a file's part `number` (from 0). */
export function memberName({ path, parts }: FileEntry, codec: 'raw' | 'zstd', number: number): string {
  if (parts.length > 1) return partPath(path, number + 1, codec === 'zstd');
  return codec === 'zstd' ? (zstdPath(path) ?? partPath(path, 1, true)) : path;
}

/** As many whole characters as fit into `most` bytes. */
function beginning(name: string, most: number): string {
  let kept = '';
  let bytes = 0;
  for (const character of name) {
    bytes += Buffer.byteLength(character);
    if (bytes > most) break;
    kept += character;
  }
  return kept;
}
