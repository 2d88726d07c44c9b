import { stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ForebayError, type LakeInfo, type LakeRequest } from '../../api/index.ts';
import { catalogPrefix } from '../../dataset/log/kinds.ts';
import { recordKey } from '../../dataset/log/log.ts';
import { openRepository } from '../../dataset/repository.ts';
import { errnoOf } from '../../lake/directoryErrors.ts';
import { normalEndpoint } from '../../lake/external/objectUrl.ts';
import type { Lake } from '../../lake/lake.ts';
import type { LakeLocation, StoreAccess } from '../../lake/location.ts';
import { openLake } from '../../lake/open.ts';
import { recentlyTemporary } from '../cache/disk.ts';
import type { Events } from '../events.ts';
import type { Database } from '../store/migrations.ts';
import { readSetting, type Settings, writeSetting } from '../store/settings.ts';

export interface OpenedLake {
  id: string;
  lake: Lake;
  /** With credentials: hand it to a thread, write it nowhere. */
  location: LakeLocation;
}

type Remembered = Settings['lake'];

/** The one lake of this home: chosen once, opened when first needed. */
export class LakeKeeper {
  readonly #db: Database;
  readonly #events: Events;
  readonly #defaultLocation: LakeLocation;
  readonly #unasked: boolean;
  #credentials: LakeLocation['credentials'];
  /** By endpoint; kept in memory only. */
  readonly #stores = new Map<string, StoreAccess>();
  #opened: OpenedLake | undefined;
  /** Shared by all who wait: a store that doesn't answer keeps them as long as one. */
  #opening: Promise<OpenedLake> | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** `unasked`: nobody named the default location. */
  constructor(options: { db: Database; events: Events; defaultLocation: LakeLocation; unasked: boolean }) {
    this.#db = options.db;
    this.#events = options.events;
    this.#defaultLocation = options.defaultLocation;
    this.#unasked = options.unasked;
  }

  /** The lake, ready for use; the default one is made at first use. Throws `lake-*`. */
  async opened(): Promise<OpenedLake> {
    if (this.#opened) return this.#opened;
    this.#opening ??= this.#inTurn(async () => {
      if (this.#opened) return this.#opened;
      const remembered = await readSetting(this.#db, 'lake');
      return this.#openAt(remembered ?? this.#defaultLocation, remembered, remembered?.chosen);
    }).finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  /**
   * Makes a missing lake, accepts the same again, or another in place of one that nobody chose and nothing is in.
   * Throws `lake-other` where this home has another one.
   */
  use(request: LakeRequest): Promise<LakeInfo> {
    return this.#inTurn(async () => {
      const url = normalUrl(request.url);
      const before = await readSetting(this.#db, 'lake');
      const replaces = before && before.url !== url;
      if (replaces && (await this.#isSettled(before))) throw otherLake(before.url, url);
      const remembered = replaces ? undefined : before;
      const location: LakeLocation = {
        url,
        endpoint: request.endpoint ?? remembered?.endpoint,
        region: request.region ?? remembered?.region,
        credentials: request.credentials ?? this.#credentials,
      };
      const same = this.#opened && isDeepStrictEqual(reachOf(location), reachOf(this.#opened.location));
      if (!same || !remembered?.chosen) {
        await this.#openAt(location, remembered, true);
        this.#credentials = location.credentials;
      }
      const info = await this.info();
      if (!info) throw new Error('The lake was not remembered.');
      return info;
    });
  }

  /** Where that is, with what is remembered of this home's lake and the credentials that were handed over before. */
  async reach(request: LakeRequest): Promise<LakeLocation> {
    const url = normalUrl(request.url);
    const remembered = await readSetting(this.#db, 'lake');
    const same = remembered?.url === url ? remembered : undefined;
    return {
      url,
      endpoint: request.endpoint ?? same?.endpoint,
      region: request.region ?? same?.region,
      credentials: request.credentials ?? (same && this.#credentials),
    };
  }

  /** Requests to this store, which imported objects lie in, are signed so from now on. */
  useStore(access: StoreAccess): Promise<void> {
    return this.#inTurn(async () => {
      const endpoint = access.endpoint && normalEndpoint(access.endpoint);
      this.#stores.set(endpoint ?? '', { ...access, endpoint });
      if (!this.#opened) return;
      this.#opened.lake.externals.use(access);
      this.#opened.location.stores = [...this.#stores.values()];
    });
  }

  /** What is known of the lake without asking it; null before its first use. */
  async info(): Promise<LakeInfo | null> {
    const remembered = await readSetting(this.#db, 'lake');
    if (!remembered) return null;
    const { id, url, endpoint, region } = remembered;
    return {
      id,
      url,
      settled: await this.#isSettled(remembered),
      temporary: isAbsolute(url) && (await recentlyTemporary.get(url)),
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(region === undefined ? {} : { region }),
    };
  }

  close(): Promise<void> {
    return this.#inTurn(async () => {
      this.#opened?.lake.close();
      this.#opened = undefined;
    });
  }

  /** Whether a person chose it, or something is in it: the first look at datasets makes the default lake. */
  async #isSettled({ url, chosen }: Remembered): Promise<boolean> {
    if (chosen || !this.#unasked || url !== normalUrl(this.#defaultLocation.url)) return true;
    const first = join(url, recordKey(catalogPrefix, 1));
    return stat(first).then(
      () => true,
      (error) => errnoOf(error) !== 'ENOENT',
    );
  }

  /** One at a time, so that two first uses can't choose two lakes. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => {});
    return result;
  }

  async #openAt(
    wanted: LakeLocation,
    remembered: Remembered | undefined,
    chosen: boolean | undefined,
  ): Promise<OpenedLake> {
    const credentials = wanted.credentials ?? this.#credentials;
    const stores = [...this.#stores.values()];
    const url = normalUrl(wanted.url);
    const location: LakeLocation = { ...wanted, url, stores, ...(credentials ? { credentials } : {}) };
    const lake = openLake(location);
    try {
      const { id } = await openRepository(lake, { create: remembered === undefined });
      if (remembered && remembered.id !== id) throw replacedLake(location.url);
      const { endpoint, region } = location;
      await writeSetting(this.#db, 'lake', { id, url, endpoint, region, chosen });
      if (!remembered || remembered.chosen !== chosen) this.#events.emit('lake', url);
      closeLater(this.#opened);
      this.#opened = { id, lake, location };
      return this.#opened;
    } catch (error) {
      lake.close();
      throw error;
    }
  }
}

/** Requests that are under way still read through the one before; nothing takes this long, milliseconds. */
const longestRequest = 600_000;

function closeLater(before: OpenedLake | undefined): void {
  if (before) setTimeout(() => before.lake.close(), longestRequest).unref();
}

/** What decides whether a lake must be opened anew. */
function reachOf({ url, endpoint, region, credentials }: LakeLocation) {
  return { url, endpoint, region, credentials };
}

function normalUrl(url: string): string {
  return isAbsolute(url) ? resolve(url) : url.replace(/\/+$/, '');
}

function otherLake(has: string, wanted: string): ForebayError {
  return new ForebayError(
    'lake-other',
    `This home's lake is ${has}, not ${wanted}.`,
    'Another lake needs a home of its own: set FOREBAY_HOME.',
  );
}

function replacedLake(url: string): ForebayError {
  return new ForebayError(
    'lake-other',
    `${url} now holds another lake than the one this home was working with.`,
    'Put the former one back, or use another home: set FOREBAY_HOME.',
  );
}
