import { recordedFiles } from '../../api/run/recordedFiles.ts';
import { codeTag } from '../../api/run/runTags.ts';
import type { RecordedFile } from '../recordedFile.ts';
import type { Code } from './codeIn.ts';

/** What a run's tags tell of its code. */
export function codeTags({ commit, branch, repository, changed, leftOut }: Code): Record<string, string> {
  return {
    [codeTag.commit]: commit,
    ...(branch === null ? {} : { [codeTag.branch]: branch }),
    ...(repository === null ? {} : { [codeTag.repository]: repository }),
    [codeTag.changed]: String(changed),
    ...(leftOut.length === 0 ? {} : { [codeTag.leftOut]: leftOut.join('\n').slice(0, 4000) }),
  };
}

/** What differs from the commit. */
export function codeFiles({ diff, untracked }: Code): RecordedFile[] {
  return [
    ...(diff.length === 0 ? [] : [{ path: recordedFiles.diff, bytes: diff }]),
    ...untracked.map(({ path, bytes }) => ({ path: `${recordedFiles.untracked}${path}`, bytes })),
  ];
}
