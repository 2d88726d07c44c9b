import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CacheDirectory } from '../../core/src/cache/directory.ts';
import { evictVersion } from '../../core/src/cache/evict.ts';
import { fillVersion } from '../../core/src/cache/fill/fill.ts';
import { FillJournal } from '../../core/src/cache/fill/journal.ts';
import { sealTree } from '../../core/src/cache/fill/seal.ts';
import { takeOver } from '../../core/src/cache/fill/staging.ts';
import { layout, staged } from '../../core/src/cache/layout.ts';
import { recoverCache } from '../../core/src/cache/recover.ts';
import { makeTestCache } from '../../core/src/cache/testing/testCache.ts';
import { leavesOf, testControl } from '../../core/src/dataset/checkout/testing/testVersion.ts';
import { writeTree } from '../../core/src/dataset/checkout/writeTree.ts';

/** What root would get away with: the life of a placement, by somebody whom permissions bind. Prints what it saw. */
const world = await makeTestCache();
const { cache, dataset, lake, datasetId } = world;
const version = await world.make({ 'a/b/c': { content: 'c' }, d: { content: 'd', executable: true } });

const staging = await takeOver(cache.path, 'a-fill', {
  dataset: dataset.id,
  version: 1,
  digest: version.digest,
});
const journal = FillJournal.open(staged.journal(staging));
const folder = staged.tree(staging);
const leaves = leavesOf(version.entries);
await sealTree(
  folder,
  await writeTree({ lake, datasetId, leaves, folder, mode: 'cache', journal }, testControl()),
);

const request = { cache, lake, dataset, version };
const resumed = await fillVersion({ ...request, fillId: 'b-fill' }, testControl());
const adopted = await fillVersion({ ...request, fillId: 'c-fill' }, testControl());
chmodSync(resumed.path, 0o755);
const { ready } = await recoverCache(cache, []);
const evicted = await evictVersion({ cache, dataset, version: 1 });
const left = readdirSync(layout.trash(cache.path)).length;

const closed = join(world.folder, 'closed');
mkdirSync(closed);
chmodSync(closed, 0o555);
const refused = await CacheDirectory.claim(closed, 'hub-one').catch((error) => error.code);
world.remove();
console.log(
  JSON.stringify({
    uid: process.getuid?.(),
    adopted: adopted.inode === resumed.inode,
    ready: ready.length,
    evicted,
    left,
    refused,
  }),
);
