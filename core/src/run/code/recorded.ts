import { readFile } from 'node:fs/promises';
import { recordedFiles } from '../../api/run/recordedFiles.ts';
import { codeTag } from '../../api/run/runTags.ts';
import { findArtifacts } from '../artifact/files.ts';
import { artifactPath } from '../artifact/place.ts';
import type { Run } from '../runs.ts';

/** The code of a run as its runner kept it. */
export interface RecordedCode {
  commit: string;
  /** What differed from the commit, as `git apply` takes it; empty where nothing did. */
  diff: Uint8Array;
  untracked: { path: string; bytes: Uint8Array }[];
}

/** From a run's artifacts, which lie in `root`. */
export async function readRecordedCode(root: string, commit: string): Promise<RecordedCode> {
  const files = await findArtifacts(root, recordedFiles.untracked);
  const [diff, ...bytes] = await Promise.all([
    readFile(artifactPath(root, recordedFiles.diff)).catch(nothingWhereAbsent),
    ...files.map(({ path }) => readFile(artifactPath(root, path))),
  ]);
  const untracked = bytes.map((each, at) => ({
    path: files[at]?.path.slice(recordedFiles.untracked.length) ?? '',
    bytes: each,
  }));
  return { commit, diff, untracked };
}

function nothingWhereAbsent(error: NodeJS.ErrnoException): Uint8Array {
  if (error.code === 'ENOENT') return new Uint8Array();
  throw error;
}

/** Why the code of a run isn't known whole; null where it is. `isArriving`: what it began with is still being sent. */
export function whyNotWhole({ name, tags }: Pick<Run, 'name' | 'tags'>, isArriving: boolean): string | null {
  const tag = (key: string) => tags.find((each) => each.key === key)?.value;
  if (!isCommit(tag(codeTag.commit) ?? '')) {
    return `No code of ${name} was recorded: it ran outside of git.`;
  }
  if (isArriving) return `The code of ${name} is still being kept. Compare again in a moment.`;
  const leftOut = tag(codeTag.leftOut)?.split('\n') ?? [];
  return leftOut.includes('the diff')
    ? `What differed from the commit of ${name} was too large to keep.`
    : null;
}

/** Any client may write a run's tags: what is no full id (SHA-1 or SHA-256) would reach git as an option or a branch. */
export const isCommit = (text: string) => /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
