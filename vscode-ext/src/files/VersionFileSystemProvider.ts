import { isForebayError } from '@forebay/core/api/errors';
import type { FileEntry } from '@forebay/core/api/schemas';
import type { Client } from '@forebay/core/client';
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
import type { ContentPath } from './contentPath.ts';
import { entryAt, realEntry } from './entryAt.ts';
import { namedBy, resolveContent } from './namedContent.ts';
import { OpenReads } from './OpenReads.ts';
import { tooLarge } from './readLimit.ts';
import { isAway, UnreadTabs } from './UnreadTabs.ts';

const entriesAtOnce = 1000;

/** `forebay:` addresses: the files of versions, read-only, straight from the lake. */
export class VersionFileSystemProvider implements FileSystemProvider {
  readonly onDidChangeFile = new EventEmitter<FileChangeEvent[]>().event;
  readonly #daemon: DaemonModel;
  readonly #reads = new OpenReads();
  readonly #unread = new UnreadTabs();

  constructor(daemon: DaemonModel) {
    this.#daemon = daemon;
  }

  dispose(): void {
    this.#reads.dispose();
    this.#unread.dispose();
  }

  /** Versions never change. */
  watch(): Disposable {
    return new Disposable(() => {});
  }

  stat(uri: Uri): Promise<FileStat> {
    return this.#ask(uri, async (client, content) => {
      const entry = await entryAt(client, content);
      const real = entry?.kind === 'file' ? entry : await realEntry(client, content);
      const { size, mtime } = real ?? entry ?? notFound(uri);
      const time = mtime === undefined ? 0 : Date.parse(mtime);
      return { type: typeOf(entry, real), ctime: time, mtime: time, size };
    });
  }

  readDirectory(uri: Uri): Promise<[string, FileType][]> {
    return this.#ask(uri, async (client, content) => {
      const folder = (await realEntry(client, content)) ?? notFound(uri);
      const found: [string, FileType][] = [];
      for await (const page of pagesOf(client, { ...content, path: folder.path })) {
        const named = page.map(async (entry): Promise<[string, FileType]> => {
          const { kind, path } = entry;
          const real = kind === 'link' ? await realEntry(client, { ...content, path }) : entry;
          return [path.slice(path.lastIndexOf('/') + 1), typeOf(entry, real)];
        });
        found.push(...(await Promise.all(named)));
      }
      return found;
    });
  }

  readFile(uri: Uri): Promise<Uint8Array> {
    return this.#ask(uri, async (client, content) => {
      const { path, size } = (await realEntry(client, content)) ?? notFound(uri);
      const problem = tooLarge(content, size);
      if (problem) throw problem;
      const { dataset, version } = content;
      return this.#reads.run(uri, (signal) =>
        client.versions.content(dataset, `v${version}`, path, { signal }),
      );
    });
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

  async #ask<T>(uri: Uri, work: Work<T>): Promise<T> {
    try {
      return await this.#work(await this.#daemon.client(), uri, work);
    } catch (error) {
      if (isAway(error)) this.#unread.add(uri, () => this.#askAgain(uri, work));
      throw toFileSystemError(error, uri);
    }
  }

  /** A tab that waits doesn't start a daemon that somebody ended. */
  async #askAgain<T>(uri: Uri, work: Work<T>): Promise<T> {
    const { state } = this.#daemon;
    if (state.kind === 'offline') throw state.error;
    return this.#work(await this.#daemon.client(), uri, work);
  }

  async #work<T>(client: Client, uri: Uri, work: Work<T>): Promise<T> {
    return work(client, await resolveContent(client, namedBy(uri)));
  }
}

type Work<T> = (client: Client, content: ContentPath) => Promise<T>;

/** A folder, page by page. */
async function* pagesOf(client: Client, { dataset, version, path }: ContentPath): AsyncIterable<FileEntry[]> {
  let cursor: string | undefined;
  do {
    const request = { folder: path, cursor, limit: entriesAtOnce };
    const page = await client.versions.files(dataset, `v${version}`, request);
    yield page.items;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

/** Of a link also what it leads to, as the editor wants it; nothing more where that is nowhere. */
function typeOf(entry: FileEntry | undefined, real: FileEntry | undefined): FileType {
  const kind = real?.kind === 'file' ? FileType.File : real ? FileType.Directory : FileType.Unknown;
  return entry?.kind === 'link' ? FileType.SymbolicLink | kind : kind;
}

function notFound(uri: Uri): never {
  throw FileSystemError.FileNotFound(uri);
}

function toFileSystemError(error: unknown, uri: Uri): unknown {
  if (isForebayError(error, 'path-unknown', 'dataset-unknown', 'version-unknown')) {
    return FileSystemError.FileNotFound(uri);
  }
  return isForebayError(error) ? FileSystemError.Unavailable(`${error.message} ${error.hint ?? ''}`) : error;
}
