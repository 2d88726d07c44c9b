import { formatRef } from '@forebay/core/api/ref';
import type { Client } from '@forebay/core/client';
import { URLExt } from '@jupyterlab/coreutils';
import type { Contents, ServerConnection } from '@jupyterlab/services';
import { type ISignal, Signal } from '@lumino/signaling';
import { type DrivePath, driveName, parseDrivePath } from './drivePath.ts';
import { folderModel, modelOf, withContent } from './models.ts';
import { readOnly } from './readOnly.ts';
import { isRestName, restModel, restText } from './restNote.ts';
import { beginningMost, beginningText, canBegin, refusalText, wholeMost } from './tooLarge.ts';

/** Rows that a folder lists: JupyterLab's file browser draws all of them. */
const rowsMost = 1000;

export interface DriveOptions {
  client: Client;
  serverSettings: ServerConnection.ISettings;
  mimeOf: (path: string) => string;
  /** Says what a person should know of what is shown. */
  note: (text: string) => void;
}

/** Every file of every version, read only: `Forebay:chest-xray@v3/images/a.png`. */
export class ForebayDrive implements Contents.IDrive {
  readonly name = driveName;
  readonly serverSettings: ServerConnection.ISettings;
  readonly #options: DriveOptions;
  readonly #fileChanged: Signal<Contents.IDrive, Contents.IChangedArgs> = new Signal<
    Contents.IDrive,
    Contents.IChangedArgs
  >(this);
  isDisposed = false;

  constructor(options: DriveOptions) {
    this.#options = options;
    this.serverSettings = options.serverSettings;
  }

  /** Nothing in a version ever changes. */
  get fileChanged(): ISignal<Contents.IDrive, Contents.IChangedArgs> {
    return this.#fileChanged;
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    Signal.clearData(this);
  }

  async get(localPath: string, options: Contents.IFetchOptions = {}): Promise<Contents.IModel> {
    const place = parseDrivePath(localPath);
    if (!place) return this.#datasets();
    if (place.path === '' || options.type === 'directory') return this.#folder(localPath, place, options);
    if (isRestName(place.path)) return restModel(localPath, restText(place));
    const entry = await this.#options.client.versions.entry(place.dataset, place.selector, place.path);
    if (entry.kind === 'folder') return this.#folder(localPath, place, options);
    const model = modelOf(localPath, entry);
    if (options.content === false) return model;
    const bytes = await this.#bytes(place, entry.size);
    return withContent(model, bytes, options.format, this.#options.mimeOf(place.path));
  }

  async getDownloadUrl(localPath: string): Promise<string> {
    const place = parseDrivePath(localPath);
    if (!place) throw readOnly('download the whole drive');
    const { dataset, selector, path } = place;
    const address = this.#options.client.versions.downloadPath(dataset, selector, path);
    return URLExt.join(this.serverSettings.baseUrl, 'forebay') + address;
  }

  async newUntitled(): Promise<Contents.IModel> {
    throw readOnly('make a file in it');
  }

  async delete(): Promise<void> {
    throw readOnly('delete from it');
  }

  async rename(): Promise<Contents.IModel> {
    throw readOnly('rename in it');
  }

  async save(): Promise<Contents.IModel> {
    throw readOnly('save into it');
  }

  async copy(): Promise<Contents.IModel> {
    throw readOnly('copy into it');
  }

  async createCheckpoint(): Promise<Contents.ICheckpointModel> {
    throw readOnly('keep checkpoints in it');
  }

  async listCheckpoints(): Promise<Contents.ICheckpointModel[]> {
    return [];
  }

  async restoreCheckpoint(): Promise<void> {
    throw readOnly('restore in it');
  }

  async deleteCheckpoint(): Promise<void> {}

  async #datasets(): Promise<Contents.IModel> {
    const { items } = await this.#options.client.datasets.page({ limit: rowsMost });
    const versions = items.flatMap(({ latest }) => latest ?? []);
    return folderModel(
      '',
      versions.map(({ dataset, version, time }) =>
        modelOf(formatRef(dataset, version), { kind: 'folder', size: 0, mtime: time }),
      ),
    );
  }

  async #folder(
    localPath: string,
    place: DrivePath,
    options: Contents.IFetchOptions,
  ): Promise<Contents.IModel> {
    if (options.content === false) return { ...folderModel(localPath, []), content: null };
    const { dataset, selector, path: folder } = place;
    const { versions } = this.#options.client;
    const { items, total = items.length } = await versions.files(dataset, selector, {
      folder,
      limit: rowsMost,
    });
    const within = localPath.replace(/\/+$/, '');
    const rows = items.map((entry) =>
      modelOf(`${within}/${entry.path.slice(folder === '' ? 0 : folder.length + 1)}`, entry),
    );
    return folderModel(
      within,
      total > rows.length ? [...rows, restModel(within, null, total - rows.length)] : rows,
    );
  }

  async #bytes({ dataset, selector, path }: DrivePath, size: number): Promise<Uint8Array> {
    const { client, note } = this.#options;
    if (size <= wholeMost) return client.versions.content(dataset, selector, path);
    const name = path.split('/').at(-1) ?? path;
    if (!canBegin(path)) throw new Error(refusalText(name, size));
    const range = { start: 0, end: beginningMost };
    const bytes = await client.versions.content(dataset, selector, path, { range });
    // Whole lines: the last one is cut off somewhere.
    const shown = bytes.subarray(0, bytes.lastIndexOf(0x0a) + 1 || bytes.length);
    note(beginningText(name, shown.length, size));
    return shown;
  }
}
