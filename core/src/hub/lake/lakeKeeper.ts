import { isAbsolute, resolve } from 'node:path';
import { ForebayError, type LakeInfo, type LakeRequest } from '../../api/index.ts';
import { openRepository } from '../../dataset/repository.ts';
import { isTemporary } from '../../lake/fileSystem.ts';
import type { Lake, LakeLocation } from '../../lake/lake.ts';
import { openLake } from '../../lake/open.ts';
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
  #credentials: LakeLocation['credentials'];
  #opened: Promise<OpenedLake> | undefined;

  constructor(options: { db: Database; events: Events; defaultLocation: LakeLocation }) {
    this.#db = options.db;
    this.#events = options.events;
    this.#defaultLocation = options.defaultLocation;
  }

  /** The lake, ready for use; the default one is made at first use. Throws `lake-*`. */
  opened(): Promise<OpenedLake> {
    this.#opened ??= this.#open();
    const opened = this.#opened;
    opened.catch(() => {
      if (this.#opened === opened) this.#opened = undefined;
    });
    return opened;
  }

  /** Makes a missing lake, accepts the same again. Throws `lake-other` where this home has another one. */
  async use(request: LakeRequest): Promise<LakeInfo> {
    const url = normalUrl(request.url);
    const remembered = await readSetting(this.#db, 'lake');
    if (remembered && remembered.url !== url) throw otherLake(remembered.url, url);
    if (request.credentials) this.#credentials = request.credentials;
    const wanted = {
      url,
      endpoint: request.endpoint ?? remembered?.endpoint,
      region: request.region ?? remembered?.region,
    };
    await this.#close();
    const opening = this.#openAt(wanted, remembered);
    this.#opened = opening;
    try {
      await opening;
    } catch (error) {
      if (this.#opened === opening) this.#opened = undefined;
      throw error;
    }
    const info = await this.info();
    if (!info) throw new Error('The lake was not remembered.');
    return info;
  }

  /** What is known of the lake without asking it; null before its first use. */
  async info(): Promise<LakeInfo | null> {
    const remembered = await readSetting(this.#db, 'lake');
    if (!remembered) return null;
    const { id, url, endpoint, region } = remembered;
    return {
      id,
      url,
      temporary: isAbsolute(url) && (await isTemporary(url)),
      ...(endpoint === undefined ? {} : { endpoint }),
      ...(region === undefined ? {} : { region }),
    };
  }

  async close(): Promise<void> {
    await this.#close();
  }

  async #open(): Promise<OpenedLake> {
    const remembered = await readSetting(this.#db, 'lake');
    return this.#openAt(remembered ?? this.#defaultLocation, remembered);
  }

  async #openAt(wanted: LakeLocation, remembered: Remembered | undefined): Promise<OpenedLake> {
    const location = { ...wanted, url: normalUrl(wanted.url) };
    if (this.#credentials) location.credentials = this.#credentials;
    const lake = openLake(location);
    try {
      const { id } = await openRepository(lake, {
        create: remembered === undefined,
        endpoint: location.endpoint,
      });
      if (remembered && remembered.id !== id) throw replacedLake(location.url);
      const { url, endpoint, region } = location;
      await writeSetting(this.#db, 'lake', { id, url, endpoint, region });
      if (!remembered) this.#events.emit('lake', url);
      return { id, lake, location };
    } catch (error) {
      lake.close();
      throw error;
    }
  }

  async #close(): Promise<void> {
    const opened = await this.#opened?.catch(() => undefined);
    this.#opened = undefined;
    opened?.lake.close();
  }
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
