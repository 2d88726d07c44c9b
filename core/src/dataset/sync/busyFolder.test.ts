import { appendFileSync, mkdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isForebayError } from '../../api/errors.ts';
import { beginSyncing, type Syncing } from '../testing/syncing.ts';

let on: Syncing;
beforeEach(async () => {
  on = await beginSyncing();
});
afterEach(() => on.lake.close());

/** The same numbers from 0 to 1 for the same seed. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
}

/** A folder in which somebody works: every content that each file had, from its first to its last. */
class BusyFolder {
  readonly had = new Map<string, Set<string | undefined>>();
  readonly #now = new Map<string, string | undefined>();
  readonly #folder: string;
  readonly #random: () => number;

  constructor(folder: string, random: () => number) {
    this.#folder = folder;
    this.#random = random;
    for (let at = 0; at < 200; at++) this.#put(this.#path(at), `first ${at} `.repeat(40));
  }

  /** One file grows, shrinks, goes, comes, is replaced, or is written anew in place. */
  change(): void {
    const path = this.#path(Math.floor(this.#random() * 200));
    const before = this.#now.get(path);
    const file = join(this.#folder, path);
    const what = Math.floor(this.#random() * 5);
    if (before === undefined || what === 0) this.#put(path, `anew ${this.#random()} `.repeat(40));
    else if (what === 1) {
      appendFileSync(file, 'and more');
      this.#note(path, `${before}and more`);
    } else if (what === 2) {
      truncateSync(file, before.length >> 1);
      this.#note(path, before.slice(0, before.length >> 1));
    } else if (what === 3) {
      rmSync(file);
      this.#note(path, undefined);
    } else {
      const content = `replaced ${this.#random()} `.repeat(30);
      writeFileSync(`${file}.tmp`, content);
      renameSync(`${file}.tmp`, file);
      this.#note(path, content);
    }
  }

  #put(path: string, content: string): void {
    mkdirSync(dirname(join(this.#folder, path)), { recursive: true });
    writeFileSync(join(this.#folder, path), content);
    this.#note(path, content);
  }

  #note(path: string, content: string | undefined): void {
    this.#now.set(path, content);
    this.had.set(path, (this.had.get(path) ?? new Set()).add(content));
  }

  #path = (at: number) => `d${at % 7}/f${at}`;
}

test.each([1, 2, 3])(
  'files that grow, shrink, go and are replaced during a sync: each as it once was, or the sync says which never rested (seed %i)',
  async (seed) => {
    const folder = new BusyFolder(on.folder, seededRandom(seed));
    let working = true;
    const work = (async () => {
      for (; working; await delay(1)) for (let i = 0; i < 3; i++) folder.change();
    })();
    let versions = 0;
    for (let round = 0; round < 8; round++) {
      try {
        versions = (await on.sync()).version;
      } catch (error) {
        if (!isForebayError(error, 'file-changed')) throw error;
        expect(error.message).toMatch(/d\d\/f\d+/);
      }
    }
    working = false;
    await work;
    versions = (await on.sync()).version;
    for (let number = 1; number <= versions; number++) {
      for (const [path, content] of Object.entries(await on.contents(number))) {
        // A replacement is there under its own name for a moment.
        if (path.endsWith('.tmp')) continue;
        expect(folder.had.get(path)?.has(content), `${path} in v${number}`).toBe(true);
      }
    }
  },
  60_000,
);
