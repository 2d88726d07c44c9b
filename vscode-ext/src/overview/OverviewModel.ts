import type { Dataset, LakeInfo } from '@forebay/core/api/schemas';
import { workspace } from 'vscode';
import type { CachesModel } from '../caches/CachesModel.ts';
import { coalesce } from '../coalesce.ts';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import type { PlacementsModel } from '../levels/PlacementsModel.ts';
import type { RunsModel } from '../runs/RunsModel.ts';
import { Signal } from '../signal.ts';
import { readNewest } from './newest.ts';
import type { Known } from './overview.ts';

/** How far a person has come: the lake, room, what is newest, what was done with it. */
export class OverviewModel {
  readonly changed = new Signal<void>();
  /** Undefined before the daemon was asked. */
  #lake: LakeInfo | null | undefined;
  #newest: Dataset | undefined;
  #mounted = false;
  readonly #daemon: DaemonModel;
  readonly #caches: CachesModel;
  readonly #placements: PlacementsModel;
  readonly #runs: RunsModel;
  /** Datasets of which something is new; undefined for all. */
  readonly #stale = new Set<string | undefined>();
  readonly #readSoon = coalesce(500, () => this.#read());

  constructor(daemon: DaemonModel, caches: CachesModel, placements: PlacementsModel, runs: RunsModel) {
    this.#daemon = daemon;
    this.#caches = caches;
    this.#placements = placements;
    this.#runs = runs;
    daemon.hints.listen(({ kind, subject }) => {
      if (kind === 'job' || kind === 'run') return;
      if (kind === 'dataset') this.#stale.add(subject);
      if (kind === 'lake' || kind === 'reset') this.#stale.add(undefined);
      this.#readSoon();
    });
    const tell = () => this.changed.fire();
    for (const signal of [caches.changed, placements.changed, runs.changed]) signal.listen(tell);
    workspace.onDidGrantWorkspaceTrust(tell);
  }

  get known(): Known | undefined {
    if (this.#lake === undefined) return undefined;
    const { latest, name } = this.#newest ?? {};
    const level =
      latest && name ? this.#placements.levelOf(name, latest.version) : ({ kind: 'lake' } as const);
    return {
      lake: this.#lake,
      caches: this.#caches.all,
      newest: this.#newest,
      level,
      cached: this.#placements.all.some(({ state, selection }) => state === 'ready' && selection === null),
      mounted: this.#mounted || this.#placements.all.some(({ leases }) => leases > 0),
      run: this.#runs.all[0],
      recorded: this.#runs.all.length > 0 || this.#runs.onlyArchived,
      trusted: workspace.isTrusted,
    };
  }

  /** Throws ForebayError. */
  reload(): Promise<void> {
    this.#stale.add(undefined);
    return this.#read();
  }

  async #read(): Promise<void> {
    const client = await this.#daemon.client();
    const stale = [...this.#stale];
    this.#stale.clear();
    const [{ lake }, newest, stats] = await Promise.all([
      client.app.status(),
      readNewest(client.datasets, this.#newest, stale),
      client.caches.stats(),
    ]);
    this.#lake = lake;
    this.#newest = newest;
    // What was opened from a cache counts there, also when it is over.
    this.#mounted = stats.some(({ servedBytes, fills }) => servedBytes > 0 || (fills.mount ?? 0) > 0);
    this.changed.fire();
  }
}
