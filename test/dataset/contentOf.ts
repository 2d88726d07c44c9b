import { createHash } from 'node:crypto';
import { openContent } from '../../core/src/dataset/content.ts';
import type { VersionRecord } from '../../core/src/dataset/history.ts';
import { readEntries } from '../../core/src/dataset/manifest/read.ts';
import type { Lake } from '../../core/src/lake/lake.ts';

/** A version as `fingerprint` (test/support/data/tree.ts) shows a folder, from the bytes in the lake. */
export async function contentOf(
  lake: Lake,
  datasetId: string,
  version: VersionRecord | undefined,
): Promise<string[]> {
  const lines: string[] = [];
  for await (const entry of readEntries(lake, datasetId, version?.root ?? '')) {
    if (entry.kind === 'folder') lines.push(`${entry.path} folder`);
    else if (entry.kind === 'link') lines.push(`${entry.path} link ${entry.target}`);
    else {
      const hash = createHash('sha256');
      for await (const piece of openContent(lake, datasetId, entry)) hash.update(piece);
      lines.push(`${entry.path} file ${entry.executable} ${hash.digest('hex')}`);
    }
  }
  return lines.sort();
}
