import type { Scrubbed } from '../../cache/scrub.ts';
import { nextToScrub } from '../../placement/scrub.ts';
import type { HubContext } from '../context.ts';
import { count } from '../placement/counters.ts';
import { markDamaged } from '../placement/damage.ts';
import { selectPlacements } from '../placement/holdings.ts';
import { partOfRow, placed, selectionOfRow } from '../placement/part.ts';
import { requestPlacement } from '../placement/request.ts';
import type { CacheRow, PlacementRow } from '../store/tables.ts';
import { listCaches } from './caches.ts';

/** How long a slice may take, milliseconds: somebody may want the machine. */
const slice = 5000;

/**
 * Reads what is cached again, oldest proof first, while nothing else is to be done; heals what is damaged once nobody
 * uses it. How far it came is in the database, so that a pass goes on after a restart.
 */
export class Scrubber {
  readonly #hub: HubContext;
  readonly #abort = new AbortController();
  #round: Promise<void> | undefined;

  constructor(hub: HubContext) {
    this.#hub = hub;
  }

  stop(): void {
    this.#abort.abort();
  }

  /** Until nothing is due, or there is other work; one round at a time. */
  round(): Promise<void> {
    this.#round ??= this.#scrubCaches().finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }

  async #scrubCaches(): Promise<void> {
    for (const cache of await listCaches(this.#hub)) {
      await this.#heal(cache);
      while (this.#idle && (await this.#scrubSome(cache)));
    }
  }

  get #idle(): boolean {
    return !this.#abort.signal.aborted && this.#hub.jobs.count === 0;
  }

  async #heal(cache: CacheRow): Promise<void> {
    const { db, catalog } = this.#hub;
    const rows = await selectPlacements(db)
      .where('placement.cache_id', '=', cache.id)
      .where('placement.state', '=', 'ready')
      .where('placement.damage', 'is not', null)
      .execute();
    for (const row of rows.filter((each) => Number(each.leases) === 0)) {
      const { opened, dataset, version } = await catalog.byNumber(row.dataset_id, row.version);
      if (!dataset || !version || opened.id !== row.lake_id) continue;
      const found = { opened, dataset, version, selection: selectionOfRow(row) };
      await requestPlacement(this.#hub, found, cache.name, { asked: 'refill' }).catch(this.#hub.log);
    }
  }

  /** False where nothing is due. */
  async #scrubSome(cache: CacheRow): Promise<boolean> {
    const { db, clock } = this.#hub;
    const rows = await db.selectFrom('placement').selectAll().where('cache_id', '=', cache.id).execute();
    const row = nextToScrub(rows, cache.scrub_seconds, clock.now());
    if (!row) return false;
    const scrubbed = await this.#read(cache, row);
    if (!scrubbed) return false;
    await count(db, cache.id, 'scrubbed-bytes', { by: scrubbed.bytes });
    const paths = scrubbed.problems.map((each) => each.path);
    if (await markDamaged(this.#hub, cache, { row, paths, shared: scrubbed.shared })) {
      await this.#heal(cache);
      return true;
    }
    const done = scrubbed.next === null;
    await db
      .updateTable('placement')
      .set({ scrub_path: scrubbed.next, ...(done ? { verified: clock.now() } : {}) })
      .where('id', '=', row.id)
      .where('fill_id', '=', row.fill_id)
      .execute();
    return true;
  }

  /** Undefined where its cache or its lake is away, or it is no longer in the lake. */
  async #read(cache: CacheRow, row: PlacementRow): Promise<Scrubbed | undefined> {
    const hub = this.#hub;
    try {
      const { opened, dataset, version } = await hub.catalog.byNumber(row.dataset_id, row.version);
      if (!dataset || !version || opened.id !== row.lake_id) return undefined;
      const task = {
        kind: 'scrub' as const,
        lake: opened.location,
        lakeId: opened.id,
        cache: cache.path,
        hubId: hub.hubId,
        dataset: { id: dataset.id, name: dataset.name },
        version: placed(version, partOfRow(row)),
        fillId: row.fill_id,
        from: row.scrub_path,
        clean: row.damage === null,
        bytesPerSecond: cache.scrub_bytes_per_second,
        patience: slice,
      };
      const control = { signal: this.#abort.signal, report: () => {} };
      return (await hub.runTask(task, control)) as Scrubbed;
    } catch (error) {
      if (!this.#abort.signal.aborted) hub.log(error);
      return undefined;
    }
  }
}
