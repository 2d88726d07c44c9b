import { createHash } from 'node:crypto';
import { recordedFiles } from '../../api/run/recordedFiles.ts';
import { codeTag } from '../../api/run/runTags.ts';
import type { RecordedFile } from '../recordedFile.ts';
import type { Code } from './codeIn.ts';

/** What a run's tags tell of its code. */
export function codeTags({
  commit,
  branch,
  repository,
  changed,
  diff,
  untracked,
  leftOut,
}: Code): Record<string, string> {
  return {
    [codeTag.commit]: commit,
    ...(branch === null ? {} : { [codeTag.branch]: branch }),
    ...(repository === null ? {} : { [codeTag.repository]: repository }),
    [codeTag.changed]: String(changed),
    ...named(codeTag.leftOut, leftOut),
    ...(diff.length === 0 ? {} : { [codeTag.diff]: digestOf(diff) }),
    ...named(
      codeTag.executable,
      untracked.filter(({ executable }) => executable).map(({ path }) => path),
    ),
  };
}

const named = (tag: string, names: readonly string[]): Record<string, string> =>
  names.length === 0 ? {} : { [tag]: names.join('\n').slice(0, 4000) };

/** `sha256:HEX` */
export const digestOf = (bytes: Uint8Array): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** What differs from the commit. */
export function codeFiles({ diff, untracked }: Code): RecordedFile[] {
  return [
    ...(diff.length === 0 ? [] : [{ path: recordedFiles.diff, bytes: diff }]),
    ...untracked.map(({ path, bytes }) => ({ path: `${recordedFiles.untracked}${path}`, bytes })),
  ];
}
