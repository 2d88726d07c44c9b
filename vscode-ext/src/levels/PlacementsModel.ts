import type { Lease, Placement } from '@forebay/core/api/schemas';
import { coalesce } from '../coalesce.ts';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import type { JobsModel } from '../jobs/JobsModel.ts';
import { Signal } from '../signal.ts';
import { type Level, levelOf } from './level.ts';

/** Which versions lie on which caches, and how full each is. */
export class PlacementsModel {
  /** A dataset whose rows are to be drawn again; undefined for all. */
  readonly changed = new Signal<string | undefined>();
  #all: readonly Placement[] = [];
  #leases: readonly Lease[] = [];
  readonly #daemon: DaemonModel;
  readonly #jobs: JobsModel;
  readonly #readSoon = coalesce(200, () => this.reload());

  constructor(daemon: DaemonModel, jobs: JobsModel) {
    this.#daemon = daemon;
    this.#jobs = jobs;
    daemon.hints.listen(({ kind }) => {
      // How long a cache keeps what lies on it says when that goes.
      if (/^(placement|lease|cache|reset)$/.test(kind)) this.#readSoon();
    });
    jobs.changed.listen((job) => {
      if (job?.kind === 'fill' && job.dataset) this.changed.fire(job.dataset);
    });
  }

  get all(): readonly Placement[] {
    return this.#all;
  }

  find(id: string): Placement | undefined {
    return this.#all.find((one) => one.id === id);
  }

  /** Who uses a placement now. */
  leasesOf(placement: string): Lease[] {
    return this.#leases.filter((lease) => lease.placement === placement);
  }

  levelOf(dataset: string, version: number): Level {
    const here = this.#all.filter((one) => one.dataset === dataset && one.version === version);
    return levelOf(here, this.#jobs.running);
  }

  /** The placement that a version's row shows. */
  placementOf(dataset: string, version: number): Placement | undefined {
    const level = this.levelOf(dataset, version);
    return level.kind === 'lake' ? undefined : level.placement;
  }

  /** Where a version's files are, if any cache has it whole. */
  readyPath(dataset: string, version: number): string | undefined {
    const level = this.levelOf(dataset, version);
    return level.kind === 'ready' ? (level.placement.path ?? undefined) : undefined;
  }

  async reload(): Promise<void> {
    const client = await this.#daemon.client();
    const all = await client.placements.list();
    this.#leases = all.some(({ leases }) => leases > 0) ? await client.leases.list() : [];
    this.#all = all;
    this.changed.fire(undefined);
  }
}
