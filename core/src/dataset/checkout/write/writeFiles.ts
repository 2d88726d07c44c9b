import { hash } from 'node:crypto';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { isHopeless, systemFailure } from './failure.ts';
import { writeNewFile } from './newFile.ts';
import type { ContentItem, Failure, WriteTask } from './writerTask.ts';

/** Nothing reaches the disk before its hash is what the manifest says. */
export function writeFiles({ folder, buffer, filled, items }: WriteTask): Failure[] {
  const failures: Failure[] = [];
  for (const [index, item] of items.entries()) {
    const content = decode(buffer, filled, item);
    if (typeof content === 'string') failures.push({ index, code: 'damaged', message: content });
    else if (folder !== null) {
      try {
        writeNewFile(join(folder, item.path), content, item.mtime, item.mode);
      } catch (error) {
        const failure = systemFailure(index, error);
        failures.push(failure);
        if (isHopeless(failure.code)) break;
      }
    }
  }
  return failures;
}

/** The file's content, or what is wrong with it. */
function decode(buffer: SharedArrayBuffer, filled: number, item: ContentItem): Uint8Array | string {
  if (item.offset + item.length > filled) return 'the pack is shorter than the manifest says';
  const stored = new Uint8Array(buffer, item.offset, item.length);
  let content: Uint8Array = stored;
  if (item.codec === 'zstd') {
    try {
      content = zstdDecompressSync(stored, { maxOutputLength: Math.max(1, item.size) });
    } catch {
      return 'its compressed bytes are broken';
    }
  }
  if (content.length !== item.size) return `it has ${content.length} bytes where ${item.size} belong`;
  if (item.sha256 !== null && hash('sha256', content, 'hex') !== item.sha256) {
    return 'its bytes are not those that were synced (SHA-256 differs)';
  }
  return content;
}
