import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { ForebayError } from '../../api/errors.ts';
import { formatCount } from '../../api/text/units.ts';
import type { WrittenTree } from '../../dataset/checkout/writeTree.ts';

/**
 * Counts what really stands in the tree against what was written, and makes its folders read-only, the top left out:
 * it still has to move. A difference means that this file system took two names for one. Throws `names-collide`.
 */
export async function sealTree(tree: string, written: WrittenTree): Promise<void> {
  const found = { files: 0, links: 0, folders: 0 };
  const folders = [tree];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) {
        found.folders++;
        folders.push(join(folder, entry.name));
      } else if (entry.isSymbolicLink()) found.links++;
      else if (entry.isFile()) found.files++;
    }
    if (folder !== tree) chmodSync(folder, 0o555);
    await setImmediate();
  }
  for (const kind of ['files', 'links', 'folders'] as const) {
    if (found[kind] === written[kind]) continue;
    const noun = kind.slice(0, -1);
    throw new ForebayError(
      'names-collide',
      `The file system of the cache shows ${formatCount(found[kind], noun)} where ${formatCount(written[kind], noun)} were written.`,
      'Use a case-sensitive file system that keeps names as they are, such as ext4 or XFS.',
    );
  }
}
