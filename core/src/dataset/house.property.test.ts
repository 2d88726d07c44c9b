import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Lake } from '../lake/lake.ts';
import type { ObjectInfo } from '../lake/object.ts';
import { readContent } from './content.ts';
import { day } from './testing/agedLake.ts';
import { type House, openHouse } from './testing/house.ts';
import { changedLake, collect, entriesOf, temporaryLake } from './testing/lake.ts';

// Threads are started: that takes its time on a machine that is busy with something else.
vi.setConfig({ testTimeout: 240_000 });

type Step =
  | { do: 'write'; file: number; size: number }
  | { do: 'delete'; file: number }
  | { do: 'sync' }
  | { do: 'rm'; which: number }
  | { do: 'gc'; olderThan: number }
  | { do: 'repack' }
  | { do: 'repair' }
  | { do: 'pass'; hours: number }
  | { do: 'lag'; on: boolean }
  | { do: 'begin' }
  | { do: 'end' };

const file = fc.nat({ max: 7 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      file,
      size: fc.integer({ min: 0, max: 9000 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), file }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('sync' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rm' as const), which: fc.nat({ max: 9 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('gc' as const), olderThan: fc.constantFrom(0, day) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('repack' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('repair' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('pass' as const), hours: fc.constantFrom(1, 25, 50) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('lag' as const), on: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('begin' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('end' as const) }) },
);

/** A store that, while it lags, lists what there was when it was last asked before. */
class LaggingStore {
  lags = false;
  readonly lake: Lake;
  readonly #seen = new Map<string, ObjectInfo[]>();

  constructor(lake: Lake) {
    const list = (prefix: string) => this.#list(lake, prefix);
    this.lake = changedLake(lake, { list });
  }

  async *#list(lake: Lake, prefix: string): AsyncGenerator<ObjectInfo> {
    const seen = this.lags ? this.#seen.get(prefix) : undefined;
    const now = seen ?? (await collect(lake.list(prefix)));
    this.#seen.set(prefix, now);
    yield* now;
  }
}

/** What a folder holds: path -> content. */
type Files = Map<string, string>;

class Model {
  readonly house: House;
  readonly folder: string;
  readonly files: Files = new Map();
  /** Of each version ever made, what it must hold. */
  readonly versions = new Map<number, Files>();
  /** Another folder's sync that has uploaded everything and waits before its commit. */
  slow: { done: Promise<{ version: number }>; go: () => void; files: Files } | undefined;
  readonly #store: LaggingStore;
  #n = 0;

  constructor(store: LaggingStore, house: House, folder: string) {
    this.#store = store;
    this.house = house;
    this.folder = folder;
  }

  async take(step: Step): Promise<void> {
    const { house, folder, files } = this;
    switch (step.do) {
      case 'write': {
        const content = `${this.#n++} `.repeat(Math.ceil(step.size / 4)).slice(0, step.size);
        writeFileSync(join(folder, `f${step.file}`), content);
        files.set(`f${step.file}`, content);
        return;
      }
      case 'delete':
        rmSync(join(folder, `f${step.file}`), { force: true });
        files.delete(`f${step.file}`);
        return;
      case 'sync':
        this.versions.set((await house.sync(folder)).version, new Map(files));
        return;
      case 'rm': {
        const listed = await house.versions();
        const version = listed[step.which % Math.max(1, listed.length)];
        if (version) await house.rm(version.version);
        return;
      }
      case 'gc':
        await house.gc({ olderThan: step.olderThan });
        return;
      case 'repack':
        expect((await house.repack()).problems).toEqual([]);
        return;
      case 'repair':
        expect(await house.repair()).toMatchObject({ healed: [], problems: [] });
        return;
      case 'pass':
        house.pass(step.hours * 3_600_000);
        return;
      case 'lag':
        this.#store.lags = step.on;
        return;
      case 'begin':
        return this.begin();
      case 'end':
        return this.end();
    }
  }

  async begin(): Promise<void> {
    if (this.slow) return;
    const { house } = this;
    const other = await house.begin('other');
    const files: Files = new Map(this.files);
    files.set('own', `of the slow one ${this.#n++}`);
    for (const [path, content] of files) writeFileSync(join(other, path), content);
    const arrived = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const lake = changedLake(house.lake, {
      async put(key, body, options) {
        await house.lake.put(key, body, options);
        if (!key.includes('/roots/')) return;
        arrived.resolve();
        await go.promise;
      },
    });
    const done = house.sync(other, { lake });
    this.slow = { done, go: go.resolve, files };
    await Promise.race([arrived.promise, done]);
  }

  async end(): Promise<void> {
    if (!this.slow) return;
    const { done, go, files } = this.slow;
    this.slow = undefined;
    go();
    this.versions.set((await done).version, files);
  }

  /** Every listed version holds what it must, byte for byte. */
  async check(): Promise<void> {
    const { house } = this;
    await house.verifyAll();
    for (const { version, root } of await house.versions()) {
      const found: Files = new Map();
      for (const entry of await entriesOf(changedLake(house.lake, {}), house.dataset.id, root)) {
        if (entry.kind !== 'file') throw new Error(entry.kind);
        found.set(entry.path, Buffer.from(await readContent(house.lake, house.dataset.id, entry)).toString());
      }
      expect([version, [...found]]).toEqual([version, [...(this.versions.get(version) ?? [])].sort()]);
    }
  }
}

test('whatever comes in whatever order, every listed version is whole, and later nothing else is left', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const store = new LaggingStore(await temporaryLake());
      const house = await openHouse(store.lake);
      try {
        const model = new Model(store, house, await house.begin('work'));
        for (const each of steps) await model.take(each);
        await model.check();
        await model.end();
        store.lags = false;
        for (let i = 0; i < 2; i++) {
          house.pass(2 * day);
          await house.gc();
        }
        await model.check();
        house.pass(2 * day);
        expect(await house.gc()).toMatchObject({ unreferenced: [] });
      } finally {
        house.remove();
      }
    }),
    {
      numRuns: 15,
      interruptAfterTimeLimit: 120_000,
      ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}),
    },
  );
});
