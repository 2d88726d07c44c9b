import { isForebayError } from '@forebay/core/api/errors';
import type { FileEntry } from '@forebay/core/api/schemas';
import {
  Disposable,
  EventEmitter,
  type FileChangeEvent,
  type FileStat,
  FileSystemError,
  type FileSystemProvider,
  FileType,
  type Uri,
} from 'vscode';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import { parseContentPath } from './contentPath.ts';

const types = { file: FileType.File, folder: FileType.Directory, link: FileType.SymbolicLink } as const;
const entriesAtOnce = 1000;

/** `forebay:` addresses: the files of versions, read-only, straight from the lake. */
export class VersionFileSystemProvider implements FileSystemProvider {
  readonly onDidChangeFile = new EventEmitter<FileChangeEvent[]>().event;
  readonly #daemon: DaemonModel;

  constructor(daemon: DaemonModel) {
    this.#daemon = daemon;
  }

  /** Versions never change. */
  watch(): Disposable {
    return new Disposable(() => {});
  }

  async stat(uri: Uri): Promise<FileStat> {
    const { dataset, version, path } = parse(uri);
    const client = await this.#daemon.client();
    const asked =
      path === ''
        ? client.versions.get(dataset, `v${version}`)
        : client.versions.entry(dataset, `v${version}`, path);
    const found = await asked.catch((error) => {
      throw toFileSystemError(error, uri);
    });
    return 'kind' in found ? statOf(found) : { type: FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  }

  async readDirectory(uri: Uri): Promise<[string, FileType][]> {
    const found: [string, FileType][] = [];
    for await (const { path, kind } of this.#entries(uri)) {
      found.push([path.slice(path.lastIndexOf('/') + 1), types[kind]]);
    }
    return found;
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    const { dataset, version, path } = parse(uri);
    const client = await this.#daemon.client();
    return client.versions.content(dataset, `v${version}`, path).catch((error) => {
      throw toFileSystemError(error, uri);
    });
  }

  async *#entries(uri: Uri): AsyncIterable<FileEntry> {
    const { dataset, version, path } = parse(uri);
    const client = await this.#daemon.client();
    let cursor: string | undefined;
    do {
      const request = { folder: path, cursor, limit: entriesAtOnce };
      const page = await client.versions.files(dataset, `v${version}`, request).catch((error) => {
        throw toFileSystemError(error, uri);
      });
      yield* page.items;
      cursor = page.next ?? undefined;
    } while (cursor !== undefined);
  }

  writeFile(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  createDirectory(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): never {
    throw FileSystemError.NoPermissions(uri);
  }
}

function parse(uri: Uri) {
  try {
    return parseContentPath(uri.path);
  } catch {
    throw FileSystemError.FileNotFound(uri);
  }
}

function statOf(entry: FileEntry): FileStat {
  const mtime = entry.mtime === undefined ? 0 : Date.parse(entry.mtime);
  return { type: types[entry.kind], ctime: mtime, mtime, size: entry.size };
}

function toFileSystemError(error: unknown, uri: Uri): unknown {
  if (isForebayError(error, 'path-unknown', 'dataset-unknown', 'version-unknown')) {
    return FileSystemError.FileNotFound(uri);
  }
  return isForebayError(error) ? FileSystemError.Unavailable(`${error.message} ${error.hint ?? ''}`) : error;
}
