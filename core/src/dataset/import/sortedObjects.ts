import type { FileHandle } from 'node:fs/promises';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparePaths } from '../entry.ts';
import { randomName } from '../names.ts';

/** An object that becomes a file. */
export interface FoundObject {
  path: string;
  etag: string;
  versionId: string | null;
  /** Bytes. */
  size: number;
  /** Milliseconds since 1970. */
  modified: number;
}

/** Objects in a run that is sorted in memory, about 15 MB. */
const runMost = 50_000;

/**
 * Objects in path order, however many there are and in whatever order they were listed: S3 lists in that of UTF-8
 * bytes, as paths go, but SeaweedFS, Amazon's directory buckets and others don't. Runs are sorted in memory, and
 * beyond one lie in a temporary file each that has no name any more, so that nothing is left of it after a crash.
 */
export class SortedObjects {
  #run: FoundObject[] = [];
  readonly #spilled: Spilled[] = [];
  readonly #runMost: number;

  constructor(most: number = runMost) {
    this.#runMost = most;
  }

  /** Gives something to await only when a run is full. */
  add(object: FoundObject): Promise<void> | undefined {
    this.#run.push(object);
    return this.#run.length < this.#runMost ? undefined : this.#spill();
  }

  /** As often as needed, once all is added. Of two objects of one path (the listing saw a change) the newer. */
  async *inOrder(): AsyncGenerator<FoundObject> {
    this.#sort();
    const runs: AsyncIterator<FoundObject>[] = this.#spilled.map((spilled) => spilled.read());
    runs.push(fromMemory(this.#run));
    let last: FoundObject | undefined;
    for await (const object of merge(runs)) {
      if (last?.path === object.path) {
        if (object.modified > last.modified) last = object;
        continue;
      }
      if (last) yield last;
      last = object;
    }
    if (last) yield last;
  }

  async close(): Promise<void> {
    await Promise.all(this.#spilled.map((spilled) => spilled.close()));
  }

  #sort(): void {
    this.#run.sort((a, b) => comparePaths(a.path, b.path));
  }

  /** A run that begins behind the last one's end goes on with it: a store that lists in order makes one file. */
  async #spill(): Promise<void> {
    this.#sort();
    const run = this.#run;
    this.#run = [];
    const last = this.#spilled.at(-1);
    if (last && comparePaths(last.lastPath, run[0]?.path ?? '') < 0) return last.append(run);
    const spilled = await Spilled.make();
    this.#spilled.push(spilled);
    await spilled.append(run);
  }
}

class Spilled {
  readonly #file: FileHandle;
  lastPath = '';

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  static async make(): Promise<Spilled> {
    const path = join(tmpdir(), `forebay-import-${randomName()}`);
    const file = await open(path, 'wx+', 0o600);
    // Windows keeps the name as long as the file is open.
    await rm(path, { force: true }).catch(() => undefined);
    return new Spilled(file);
  }

  async append(run: FoundObject[]): Promise<void> {
    this.lastPath = run.at(-1)?.path ?? this.lastPath;
    const step = 10_000;
    for (let at = 0; at < run.length; at += step) {
      const lines = run.slice(at, at + step).map((object) => `${JSON.stringify(Object.values(object))}\n`);
      await this.#file.write(Buffer.from(lines.join('')));
    }
  }

  async *read(): AsyncGenerator<FoundObject> {
    for await (const line of linesOf(this.#file)) {
      const [path, etag, versionId, size, modified] = JSON.parse(line);
      yield { path, etag, versionId, size, modified };
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** From its beginning, wherever others stand in it. */
async function* linesOf(file: FileHandle): AsyncGenerator<string> {
  const buffer = Buffer.alloc(256 * 1024);
  let rest: Buffer = Buffer.alloc(0);
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) return;
    at += bytesRead;
    const bytes = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
    const end = bytes.lastIndexOf(10) + 1;
    rest = bytes.subarray(end);
    if (end > 0) yield* bytes.toString('utf8', 0, end - 1).split('\n');
  }
}

async function* fromMemory(run: FoundObject[]): AsyncGenerator<FoundObject> {
  yield* run;
}

/** A store lists nearly in order, so there are few runs: looking at each is quick. */
async function* merge(runs: AsyncIterator<FoundObject>[]): AsyncGenerator<FoundObject> {
  const heads = await Promise.all(runs.map(async (run) => ({ run, next: await run.next() })));
  for (;;) {
    let least: (typeof heads)[number] | undefined;
    for (const head of heads) {
      if (head.next.done) continue;
      if (!least || comparePaths(head.next.value.path, least.next.value.path) < 0) least = head;
    }
    if (!least) return;
    yield least.next.value;
    least.next = await least.run.next();
  }
}
