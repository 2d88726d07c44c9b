import type { Counts } from '../../api/schemas.ts';
import type { Lake } from '../../lake/lake.ts';
import { wordsOf } from '../listing/searchIndex.ts';
import { fold, type VersionIndex, VersionIndexBuilder } from '../listing/versionIndex.ts';
import { readLeaves } from '../manifest/read.ts';
import type { Control } from '../progress.ts';
import { Chooser, type Chosen } from './choose.ts';
import { Counter } from './count.ts';

export interface SurveyRequest {
  lake: Lake;
  datasetId: string;
  root: string;
  files: number;
  /** Only paths that a search finds are indexed: those below `prefix` ('' or ending with '/') with all its words behind it. */
  only?: { prefix: string; search: string } | undefined;
}

export interface Survey {
  counts: Counts;
  chosen: Chosen;
  /** Null where it would take too much memory. */
  index: VersionIndex | null;
}

/** Bytes of an index of paths at most: about 2 million files. */
const indexMost = 192 * 2 ** 20;

/** Reads a version's manifest once: what it holds, which of its files are looked into, and its paths for searches. */
export async function surveyVersion(request: SurveyRequest, { signal, report }: Control): Promise<Survey> {
  const { lake, datasetId, root, files: filesTotal, only } = request;
  const finds = only && finder(only);
  const counter = new Counter();
  const chooser = new Chooser();
  let builder: VersionIndexBuilder | null = new VersionIndexBuilder();
  for await (const entries of readLeaves(lake, datasetId, root, { signal, prefix: only?.prefix })) {
    signal.throwIfAborted();
    for (const entry of entries) {
      counter.add(entry);
      if (entry.kind === 'file') chooser.add(entry);
    }
    builder?.add(finds ? entries.filter(({ path }) => finds(path)) : entries);
    if (builder && builder.bytes > indexMost) builder = null;
    report({ phase: 'counting', files: counter.files, filesTotal, bytes: 0, bytesTotal: null });
  }
  return { counts: counter.finish(), chosen: chooser.finish(), index: builder?.finish() ?? null };
}

function finder({ prefix, search }: { prefix: string; search: string }): (path: string) => boolean {
  const words = wordsOf(search);
  return (path) => {
    if (!path.startsWith(prefix)) return false;
    const folded = fold(path.slice(prefix.length));
    return words.every((word) => folded.includes(word));
  };
}
