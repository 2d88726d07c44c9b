import { existsSync } from 'node:fs';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type {
  CollectResult,
  Job,
  RepackResult,
  SyncResult,
  VerifyResult,
} from '../../core/src/api/schemas.ts';
import { Client } from '../../core/src/client/index.ts';
import { ensureDaemon, socketPathOf, unixTransport } from '../../core/src/daemon/launch/index.ts';
import { fingerprint, generate } from '../support/data/tree.ts';
import { type Home, newHome, program } from '../support/home.ts';

const files = 120;
/** Enough of them to leave the pack that held them less than half in use. */
const churned = 80;
const twoDays = 2 * 24 * 3600 * 1000;

/** What a person has done; each ends when it is done. */
export type Step = 'sync' | 'fill' | 'evict' | 'collect' | 'repack';

/** A person's machine whose daemon is to be killed: a lake in a folder, a working copy, a cache. */
export class Victim {
  readonly home: Home;
  readonly #work: string;
  readonly #client: Client;

  private constructor(home: Home) {
    this.home = home;
    this.#work = home.path('work');
    this.#client = new Client(unixTransport(socketPathOf(home.state, home.env)));
  }

  static async make(): Promise<Victim> {
    // With one thread for files, the n-th call is the same call in every run.
    const victim = new Victim(await newHome({ UV_THREADPOOL_SIZE: '1' }));
    await generate(victim.#work, { count: files, min: 1000, max: 60_000, seed: 7 });
    await victim.start();
    await victim.#client.workingCopies.create({ folder: victim.#work, dataset: 't' });
    await victim.step('sync');
    return victim;
  }

  async start(): Promise<number> {
    const { home } = this;
    const { hello } = await ensureDaemon({ home: home.state, env: home.env, bundle: program });
    return hello.pid;
  }

  async step(step: Step, signal?: AbortSignal): Promise<void> {
    if (step === 'sync') await this.#sync(signal);
    if (step === 'fill') await this.#fill(signal);
    if (step === 'evict') await this.#evictAll(signal);
    if (step === 'collect') await this.#collect({ dryRun: false }, signal);
    if (step === 'repack') await this.#repack(signal);
  }

  /** Makes something to do for the step. */
  async prepare(step: Step, seed: number): Promise<void> {
    await this.#change(seed);
    if (step === 'evict' || step === 'fill') await this.#sync();
    if (step === 'evict') await this.#fill();
    if (step === 'collect' || step === 'repack') await this.#outdate(seed);
    if (step !== 'collect') return;
    // What was named is due, and more is to be named.
    await this.#collect({ dryRun: false });
    await this.#agePasses();
    await this.#outdate(seed + 0.5);
  }

  /** Whatever can be seen is whole: every version in the lake, every version in the cache. */
  async nothingPartial(): Promise<void> {
    const versions = await this.#client.versions.list('t');
    const numbers = versions.map(({ version }) => version);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => b - a));
    for (const number of numbers.slice(0, 3)) {
      const verified = await this.#done<VerifyResult>(await this.#client.versions.verify(`t@v${number}`));
      expect(verified).toMatchObject({ ok: true });
    }
    for (const { id, state } of await this.#client.placements.list()) {
      if (state !== 'ready') continue;
      const verified = await this.#done<VerifyResult>(await this.#client.placements.verify(id));
      expect(verified).toMatchObject({ ok: true });
    }
  }

  /** The next attempt at everything ends well, and leaves nothing behind. */
  async finishes(step: Step): Promise<void> {
    const { version } = await this.#sync();
    expect(await fingerprint(await this.#fill())).toEqual(await fingerprint(this.#work));
    expect(version).toBe((await this.#client.versions.list('t'))[0]?.version);
    await this.#evictAll();
    expect(await this.#leftInCache()).toEqual([]);
    if (step === 'repack') {
      await this.#repack();
      await this.nothingPartial();
    }
    if (step !== 'collect' && step !== 'repack') return;
    for (let pass = 0; pass < 2; pass++) {
      await this.#collect({ dryRun: false });
      await this.#agePasses();
    }
    const { unreferenced } = await this.#collect({ dryRun: true });
    expect(unreferenced.filter(({ objects }) => objects > 0)).toEqual([]);
    await this.nothingPartial();
  }

  /** The folder's next contents: a new file, a changed one, a renamed one. */
  async #change(seed: number): Promise<void> {
    await writeFile(join(this.#work, `note-${seed % 20}.txt`), `seed ${seed}`);
    await writeFile(join(this.#work, 'part-0000', '000001.bin'), `changed by ${seed}`);
    const path = join(this.#work, 'part-0000', '000002.bin');
    const moved = join(this.#work, 'part-0000', 'moved.bin');
    await rename(existsSync(path) ? path : moved, existsSync(path) ? moved : path);
  }

  /** Most files are others in the newest version, and no other version is left. */
  async #outdate(seed: number): Promise<void> {
    for (let index = 3; index < 3 + churned; index++) {
      const name = `${String(index).padStart(6, '0')}.bin`;
      await writeFile(join(this.#work, 'part-0000', name), `${seed} ${name} `.repeat(50 + index));
    }
    await this.#sync();
    for (const { version } of (await this.#client.versions.list('t')).slice(1)) {
      await this.#client.house.removeVersion('t', version);
    }
  }

  /** As if every collection had been two days ago. */
  async #agePasses(): Promise<void> {
    const [dataset] = await this.#client.datasets.list();
    const log = this.home.path('home', 'lake', 'datasets', dataset?.id ?? '', 'log');
    for (const name of await readdir(log)) {
      const path = join(log, name);
      const text = await readFile(path, 'utf8');
      if (!text.includes('"kind":"collect"')) continue;
      const record = JSON.parse(text) as { time: string };
      record.time = new Date(Math.min(Date.parse(record.time), Date.now() - twoDays)).toISOString();
      await writeFile(`${path}.aged`, `${JSON.stringify(record)}\n`);
      await rename(`${path}.aged`, path);
    }
  }

  async #done<T>(job: Job, signal?: AbortSignal): Promise<T> {
    return (await this.#client.jobs.follow(job.id, signal ? { signal } : {})).result as T;
  }

  async #sync(signal?: AbortSignal): Promise<SyncResult> {
    return this.#done(await this.#client.workingCopies.sync({ folder: this.#work }), signal);
  }

  async #fill(signal?: AbortSignal): Promise<string> {
    const { id, job } = await this.#client.placements.add({ ref: 't' });
    if (job) await this.#done(await this.#client.jobs.get(job), signal);
    return (await this.#client.placements.get(id)).path ?? '';
  }

  async #evictAll(signal?: AbortSignal): Promise<void> {
    for (const { id } of await this.#client.placements.list()) {
      await this.#done(await this.#client.placements.remove(id), signal);
    }
  }

  async #collect({ dryRun }: { dryRun: boolean }, signal?: AbortSignal): Promise<CollectResult> {
    const job = await this.#client.house.collect({ dataset: 't', dryRun, olderThanSeconds: 0 });
    const [result] = await this.#done<CollectResult[]>(job, signal);
    return result as CollectResult;
  }

  async #repack(signal?: AbortSignal): Promise<RepackResult> {
    return this.#done(await this.#client.house.repack({ dataset: 't', dryRun: false }), signal);
  }

  async #leftInCache(): Promise<string[]> {
    const inside = this.home.path('home', 'cache', '.forebay');
    const found: string[] = [];
    for (const folder of ['staging', 'trash']) {
      if (existsSync(join(inside, folder))) found.push(...(await readdir(join(inside, folder))));
    }
    return found;
  }
}
