import { hash } from 'node:crypto';
import { linkSync, lstatSync, readFileSync } from 'node:fs';
import { systemFailure } from './failure.ts';
import { writeNewFile } from './newFile.ts';
import type { Failure, LinkItem, LinkTask } from './writerTask.ts';

/** What cannot be linked is reported and then comes from the lake. */
export function linkFiles({ folder, from, items }: LinkTask): Failure[] {
  const failures: Failure[] = [];
  for (const [index, item] of items.entries()) {
    try {
      const source = `${from}/${item.path}`;
      if (isAsRecorded(source, item)) linkOrCopy(source, `${folder}/${item.path}`, item);
      else failures.push({ index, code: 'changed', message: `${source} is not as it was recorded` });
    } catch (error) {
      failures.push(systemFailure(index, error));
    }
  }
  return failures;
}

function isAsRecorded(path: string, item: LinkItem): boolean {
  const stat = lstatSync(path);
  return (
    stat.isFile() &&
    stat.size === item.size &&
    Math.floor(stat.mtimeMs) === item.mtime &&
    (!item.mode.exact || (stat.mode & 0o7777) === item.mode.bits)
  );
}

/** ext4 allows 65,000 links to a file; beyond, a copy, hashed like everything that is written. */
function linkOrCopy(source: string, target: string, item: LinkItem): void {
  try {
    linkSync(source, target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EMLINK') throw error;
    const content = readFileSync(source);
    if (item.sha256 === null || hash('sha256', content, 'hex') !== item.sha256) {
      throw Object.assign(new Error(`${source} is not as it was recorded`), { code: 'changed' });
    }
    writeNewFile(target, content, item.mtime, item.mode);
  }
}
