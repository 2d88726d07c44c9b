import { hash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { DirectoryLake } from '../../../lake/directoryLake.ts';
import type { Lake } from '../../../lake/lake.ts';
import { comparePaths, type Entry, type Part } from '../../entry.ts';
import { encodeRoot } from '../../manifest/root.ts';
import { ManifestWriter } from '../../manifest/write.ts';
import { keyOf, randomName } from '../../names.ts';
import type { Control, Tally } from '../../progress.ts';

/** For tests: what a version shall hold. */
export type TestTree = Record<
  string,
  | { content: string | Uint8Array; executable?: boolean; mtime?: number; stored?: 'raw' | 'zstd' | 'chunks' }
  | { target: string }
  | 'folder'
>;

export interface TestVersion {
  version: number;
  digest: string;
  root: string;
  files: number;
  bytes: number;
  entries: Entry[];
  packs: string[];
}

export const testTime = Date.UTC(2024, 1, 29, 12, 0, 0, 123);

/** Writes a version into the lake piece by piece, without what `sync` would refuse to make. */
export async function makeVersion(
  lake: Lake,
  datasetId: string,
  tree: TestTree,
  options: { version?: number; packBytes?: number; before?: TestVersion } = {},
): Promise<TestVersion> {
  const known = new Map<string, Part[]>();
  for (const entry of options.before?.entries ?? []) {
    if (entry.kind === 'file' && entry.sha256) known.set(entry.sha256, entry.parts);
  }
  const packs: { name: string; chunks: Uint8Array[]; length: number }[] = [];
  const store = (bytes: Uint8Array, codec: 'raw' | 'zstd', size: number): Part => {
    let pack = packs.at(-1);
    if (!pack || pack.length >= (options.packBytes ?? 1 << 20)) {
      pack = { name: randomName(), chunks: [Buffer.alloc(512)], length: 512 };
      packs.push(pack);
    }
    const part: Part = { pack: pack.name, offset: pack.length, length: bytes.length, codec, size };
    pack.chunks.push(bytes);
    pack.length += bytes.length;
    return part;
  };
  const entries: Entry[] = [];
  for (const path of Object.keys(tree).sort(comparePaths)) {
    const node = tree[path] as TestTree[string];
    if (node === 'folder') entries.push({ kind: 'folder', path });
    else if ('target' in node) entries.push({ kind: 'link', path, target: node.target });
    else {
      const content = Buffer.from(node.content);
      const sha256 = hash('sha256', content, 'hex');
      entries.push({
        kind: 'file',
        path,
        size: content.length,
        executable: node.executable ?? false,
        mtime: node.mtime ?? testTime,
        sha256,
        parts: known.get(sha256) ?? partsOf(content, node.stored ?? 'raw', store),
      });
    }
  }
  for (const { name, chunks } of packs) await lake.put(keyOf.pack(datasetId, name), Buffer.concat(chunks));
  return writeManifest(
    lake,
    datasetId,
    entries,
    options.version ?? 1,
    packs.map(({ name }) => name),
  );
}

/** A manifest of exactly these entries, whatever they are. */
export async function writeManifest(
  lake: Lake,
  datasetId: string,
  entries: Entry[],
  version: number,
  packs: string[] = [],
): Promise<TestVersion> {
  const writer = new ManifestWriter({
    reuse: () => undefined,
    putPages: (object, bytes) => lake.put(keyOf.pages(datasetId, object), bytes),
    packSize: () => 0,
  });
  for (const entry of entries) await writer.add(entry);
  const root = await writer.finish();
  const name = randomName();
  await lake.put(keyOf.root(datasetId, name), encodeRoot(root));
  return { version, digest: root.digest, root: name, files: root.files, bytes: root.bytes, entries, packs };
}

function partsOf(
  content: Buffer,
  stored: 'raw' | 'zstd' | 'chunks',
  store: (bytes: Uint8Array, codec: 'raw' | 'zstd', size: number) => Part,
): Part[] {
  if (content.length === 0) return [];
  if (stored === 'raw') return [store(content, 'raw', content.length)];
  if (stored === 'zstd') return [store(zstdCompressSync(content), 'zstd', content.length)];
  const third = Math.ceil(content.length / 3);
  const pieces = [0, 1, 2]
    .map((i) => content.subarray(i * third, (i + 1) * third))
    .filter((p) => p.length > 0);
  return pieces.map((piece, i) =>
    i % 2 === 0 ? store(piece, 'raw', piece.length) : store(zstdCompressSync(piece), 'zstd', piece.length),
  );
}

export interface TestLake {
  lake: DirectoryLake;
  datasetId: string;
  /** For whatever a test puts on disk; removed with the lake. */
  folder: string;
  remove(): void;
}

export async function makeTestLake(): Promise<TestLake> {
  const folder = mkdtempSync(join(tmpdir(), 'forebay-checkout-'));
  const lake = new DirectoryLake(join(folder, 'lake'));
  await lake.create();
  return {
    lake,
    datasetId: randomName(),
    folder,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function testControl(): Control & { stop: () => void; tallies: Tally[] } {
  const controller = new AbortController();
  const tallies: Tally[] = [];
  return {
    signal: controller.signal,
    report: (tally) => void tallies.push(tally),
    stop: () => controller.abort(),
    tallies,
  };
}

/** Two to a leaf: what goes leaf by leaf is to have several. */
export async function* leavesOf(entries: Entry[]): AsyncGenerator<Entry[]> {
  for (let at = 0; at < entries.length; at += 2) yield entries.slice(at, at + 2);
}
