import { ForebayError } from '@forebay/core/api/errors';
import type { ChangeEvent } from '@forebay/core/api/schemas';
import type { Client } from '@forebay/core/client';
import { Signal } from '@lumino/signaling';
import {
  isEmptyPlan,
  mergePlans,
  nothing,
  planRefresh,
  type RefreshPlan,
  refreshAll,
} from '../model/refreshPlan.ts';
import { emptySnapshot, type Snapshot } from '../model/snapshot.ts';
import { pageSize, readParts } from './read.ts';

/** Milliseconds. Events gather for a moment; while jobs run the status is read anyway, since hints can be lost. */
const gather = 60;
const whileJobsRun = 500;
const whileFailing = 3000;
const otherwise = 30_000;

/** Holds what the side bar shows and keeps it true. */
export class Store {
  readonly changed = new Signal<this, Snapshot>(this);
  readonly #client: Client;
  readonly #end = new AbortController();
  #snapshot = emptySnapshot;
  #opened = new Set<string>();
  #events: ChangeEvent[] = [];
  #reading: Promise<void> = Promise.resolve();
  /** What the next read takes; it waits for the one under way. */
  #waiting: { plan: RefreshPlan; read: Promise<void> } | null = null;
  /** Cursors of pages that are being read. */
  readonly #coming = new Set<string>();
  #timer = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** @internal */
  start(): void {
    const { signal } = this.#end;
    const onConnection = (connected: boolean) => {
      if (!connected) void this.refresh();
    };
    void this.#client.events.subscribe((event) => this.#hear(event), signal, { onConnection });
    void this.refresh();
  }

  /** @internal */
  dispose(): void {
    this.#end.abort();
    window.clearTimeout(this.#timer);
    Signal.clearData(this);
  }

  /** Reads everything again. Never throws: what went wrong stands in the snapshot. */
  refresh(): Promise<void> {
    return this.#read(refreshAll(this.#opened));
  }

  /** Reads status and placements again, as after a cache or clear of our own. */
  refreshCaches(): Promise<void> {
    return this.#read({ ...nothing, status: true, placements: true });
  }

  /** Reads the versions of a dataset, and keeps them true until it is closed. */
  open(name: string): void {
    if (this.#opened.has(name)) return;
    this.#opened.add(name);
    void this.#read({ ...nothing, versions: [name] });
  }

  close(name: string): void {
    this.#opened.delete(name);
  }

  async moreDatasets(): Promise<void> {
    const { nextDatasets: cursor } = this.#snapshot;
    if (cursor === null) return;
    await this.#readPage(`datasets ${cursor}`, async () => {
      const page = await this.#client.datasets.page({ cursor, limit: pageSize });
      if (this.#snapshot.nextDatasets !== cursor) return {};
      return { datasets: [...this.#snapshot.datasets, ...page.items], nextDatasets: page.next };
    });
  }

  async moreVersions(name: string): Promise<void> {
    const list = this.#snapshot.versions.get(name);
    if (!list) return;
    if (list.next === null) return this.#read({ ...nothing, versions: [name] });
    const cursor = list.next;
    await this.#readPage(`${name} ${cursor}`, async () => {
      const page = await this.#client.versions.page(name, { cursor, limit: pageSize });
      const now = this.#snapshot.versions.get(name);
      if (now?.next !== cursor) return {};
      const longer = { ...now, items: [...now.items, ...page.items], next: page.next };
      return { versions: new Map([...this.#snapshot.versions, [name, longer]]) };
    });
  }

  #hear(event: ChangeEvent): void {
    this.#events.push(event);
    if (this.#events.length > 1) return;
    window.setTimeout(() => {
      const plan = planRefresh(this.#events, this.#opened);
      this.#events = [];
      if (!isEmptyPlan(plan)) void this.#read(plan);
    }, gather);
  }

  /** One read after another, so that an older answer never overwrites a newer one; what waits is read together. */
  #read(plan: RefreshPlan): Promise<void> {
    if (this.#waiting) {
      this.#waiting.plan = mergePlans(this.#waiting.plan, plan);
      return this.#waiting.read;
    }
    const read = this.#reading.then(() => this.#readWaiting());
    this.#waiting = { plan, read };
    this.#reading = read;
    return read;
  }

  #readWaiting(): Promise<void> {
    const plan = this.#waiting?.plan ?? nothing;
    this.#waiting = null;
    return this.#attempt(async () => {
      const parts = await readParts(this.#client, plan, this.#snapshot);
      return plan.status && plan.datasets ? { ...parts, loaded: true } : parts;
    });
  }

  /** A page is read once, however often its end comes into sight, and not again by itself after a failure. */
  async #readPage(key: string, read: () => Promise<Partial<Snapshot>>): Promise<void> {
    if (this.#coming.has(key) || this.#snapshot.failure) return;
    this.#coming.add(key);
    await this.#attempt(read);
    this.#coming.delete(key);
  }

  async #attempt(read: () => Promise<Partial<Snapshot>>): Promise<void> {
    try {
      this.#set({ ...(await read()), failure: null });
    } catch (thrown) {
      const since = this.#snapshot.failure?.since ?? Date.now();
      this.#set({ failure: { error: ForebayError.from(thrown), since } });
    }
    this.#plan();
  }

  #set(parts: Partial<Snapshot>): void {
    if (this.#end.signal.aborted) return;
    const ended = this.#snapshot.jobs.some(
      (job) => parts.jobs && !parts.jobs.some((now) => now.id === job.id),
    );
    this.#snapshot = { ...this.#snapshot, ...parts };
    this.changed.emit(this.#snapshot);
    if (ended) void this.#read({ ...nothing, status: true, placements: true });
  }

  #plan(): void {
    window.clearTimeout(this.#timer);
    const { failure, jobs, loaded } = this.#snapshot;
    const all = failure !== null || !loaded || jobs.length === 0;
    const pause = failure ? whileFailing : jobs.length > 0 ? whileJobsRun : otherwise;
    this.#timer = window.setTimeout(() => {
      if (document.hidden) this.#plan();
      else void (all ? this.refresh() : this.#read({ ...nothing, status: true }));
    }, pause);
  }
}
