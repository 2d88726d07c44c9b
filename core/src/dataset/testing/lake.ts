import { createCipheriv, hash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Lake } from '../../lake/lake.ts';
import { openLake } from '../../lake/open.ts';
import type { Entry } from '../entry.ts';
import { readEntries } from '../manifest/read.ts';
import { encodeRoot, type Root } from '../manifest/root.ts';
import { ManifestWriter } from '../manifest/write.ts';
import { keyOf, randomName } from '../names.ts';
import type { Control } from '../progress.ts';

/** A folder that is gone when the test is. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'forebay-dataset-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A lake in a folder of its own. */
export async function temporaryLake(): Promise<Lake> {
  return openLake({ url: await temporaryFolder() });
}

export function control(signal: AbortSignal = new AbortController().signal): Control {
  return { signal, report: () => undefined };
}

/** Writes a version's manifest; gives the name of its root beside what is in it. */
export async function writeManifest(
  lake: Lake,
  dataset: string,
  entries: Entry[],
): Promise<{ name: string; root: Root; pages: number }> {
  let pages = 0;
  const writer = new ManifestWriter({
    reuse: () => undefined,
    packSize: () => 0,
    putPages: (object, bytes) => {
      pages++;
      return lake.put(keyOf.pages(dataset, object), bytes);
    },
  });
  for (const entry of entries) await writer.add(entry);
  const root = await writer.finish();
  const name = randomName();
  await lake.put(keyOf.root(dataset, name), encodeRoot(root));
  return { name, root, pages };
}

export async function entriesOf(lake: Lake, dataset: string, root: string): Promise<Entry[]> {
  return collect(readEntries(lake, dataset, root));
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export function sha256(): string {
  return randomBytes(32).toString('hex');
}

/** Bytes that don't shrink, the same for the same seed. */
export function noise(size: number, seed: number | string): Buffer {
  const cipher = createCipheriv('aes-128-ctr', hash('md5', String(seed), 'buffer'), Buffer.alloc(16));
  return cipher.update(Buffer.alloc(size));
}

/** The same lake, of which some methods do something else first. */
export function changedLake(lake: Lake, methods: Partial<Lake>): Lake {
  return {
    url: lake.url,
    externals: lake.externals,
    create: () => lake.create(),
    get: (...args) => lake.get(...args),
    put: (...args) => lake.put(...args),
    putIfAbsent: (...args) => lake.putIfAbsent(...args),
    head: (key) => lake.head(key),
    list: (prefix) => lake.list(prefix),
    delete: (key) => lake.delete(key),
    now: () => lake.now(),
    close: () => lake.close(),
    ...methods,
  };
}
