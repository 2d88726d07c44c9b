import type { CacheStore } from '@forebay/core/api/schemas';
import { coalesce } from '../coalesce.ts';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import { Signal } from '../signal.ts';

/** The caches near this machine and their space. */
export class CachesModel {
  readonly changed = new Signal<void>();
  #all: readonly CacheStore[] = [];
  readonly #daemon: DaemonModel;
  readonly #readSoon = coalesce(500, () => this.reload());

  constructor(daemon: DaemonModel) {
    this.#daemon = daemon;
    daemon.hints.listen(({ kind }) => {
      if (kind === 'cache' || kind === 'placement' || kind === 'reset') this.#readSoon();
    });
  }

  get all(): readonly CacheStore[] {
    return this.#all;
  }

  async reload(): Promise<void> {
    const client = await this.#daemon.client();
    this.#all = await client.caches.list();
    this.changed.fire();
  }
}
