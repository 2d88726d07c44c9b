import { expect, test } from 'vitest';
import type { Entry } from '../entry.ts';
import { Tree } from '../scan/tree.ts';
import { sha256, temporaryLake, writeManifest } from '../testing/lake.ts';
import { Digests } from './compare.ts';
import { locateKnown } from './locate.ts';

const common = { kind: 'file' as const, size: 10, executable: false, mtime: 0 };
const inPack = { pack: 'a'.repeat(26), offset: 512, length: 10, codec: 'raw' as const, size: 10 };
const origin = { url: 'https://data.example/x', etag: 'e', versionId: null };
const [moved, kept, other] = [sha256(), sha256(), sha256()];

const parent: Entry[] = [
  { ...common, path: 'a', sha256: moved, parts: [inPack] },
  { ...common, path: 'imported', sha256: other, origin, parts: [{ external: { ...origin, size: 10 } }] },
  { ...common, path: 'kept', sha256: kept, parts: [inPack] },
  { ...common, path: 'longer', size: 11, sha256: sha256(), parts: [inPack] },
];

function tree(...paths: string[]): Tree {
  const made = new Tree();
  for (const path of paths) made.add({ ...common, path, ctime: 0, inode: 1, target: '' });
  return made;
}

async function locate(found: Tree, known: Record<number, string>) {
  const lake = await temporaryLake();
  const { name } = await writeManifest(lake, 'd', parent);
  const digests = new Digests(found.length);
  for (const [at, hex] of Object.entries(known)) digests.set(Number(at), hex);
  const toRead = found.paths.flatMap((_, at) => (at in known ? [] : [at]));
  const comparison = { digests, toRead, same: false };
  const { signal } = new AbortController();
  return locateKnown({ lake, datasetId: 'd', parentRoot: name, tree: found, comparison, signal });
}

test('contents of a size that is going to be read are known; imported objects are nobody else’s', async () => {
  const located = await locate(tree('b', 'kept'), { 1: kept });
  expect(located.toRead).toEqual([0]);
  expect([...located.known.keys()].sort()).toEqual([moved, kept].sort());
});

test('what was recorded, but is not so in the parent, is read again', async () => {
  const located = await locate(tree('a', 'kept', 'new'), { 0: other, 1: kept, 2: kept });
  expect(located.toRead).toEqual([0, 2]);
});
