import { link, open, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { directoryError, directoryMissing, errnoOf } from './directoryErrors.ts';
import { listDirectory } from './directoryList.ts';
import {
  makeFolder,
  removeAbandoned,
  removeQuietly,
  syncFolder,
  tempIn,
  writeTemp,
} from './directoryTemp.ts';
import { Externals } from './external/externals.ts';
import { checkKey, throwIfAborted, tooShort } from './key.ts';
import type { Lake } from './lake.ts';
import type { GetOptions, ObjectInfo } from './object.ts';
import { linksUnsupported } from './unsafe.ts';

const readChunk = 16 * 2 ** 20;

/**
 * A lake in a folder: an object is a file of its key's name, written under `.tmp/`, flushed, and given its name by
 * link(2) or rename(2), so that it is whole or absent, also after a power cut.
 */
export class DirectoryLake implements Lake {
  readonly url: string;
  readonly externals: Externals;
  readonly #temp: string;
  #cleaned: Promise<void> | undefined;

  constructor(root: string, externals: Externals = new Externals({ url: root })) {
    this.url = root;
    this.externals = externals;
    this.#temp = tempIn(root);
  }

  async create(): Promise<void> {
    try {
      await makeFolder(this.url);
    } catch (thrown) {
      throw directoryError(this.url, thrown);
    }
  }

  get(key: string, { range, signal, into }: GetOptions = {}): Promise<Uint8Array | undefined> {
    return this.#unlessAbsent(async () => {
      throwIfAborted(signal);
      const file = await open(this.#path(key), 'r');
      try {
        const { size } = await file.stat();
        const { offset, length } = range ?? { offset: 0, length: size };
        if (offset + length > size) throw tooShort(this.url, key, { offset, length });
        const body = into?.subarray(0, length) ?? Buffer.allocUnsafeSlow(length);
        for (let at = 0; at < length; ) {
          throwIfAborted(signal);
          const { bytesRead } = await file.read(body, at, Math.min(readChunk, length - at), offset + at);
          if (bytesRead === 0) throw tooShort(this.url, key, { offset, length });
          at += bytesRead;
        }
        return body;
      } finally {
        await file.close();
      }
    });
  }

  async put(key: string, body: Uint8Array, { signal }: { signal?: AbortSignal } = {}): Promise<void> {
    await this.#write(key, body, signal, rename);
  }

  async putIfAbsent(key: string, body: Uint8Array): Promise<{ created: boolean }> {
    const created = await this.#write(key, body, undefined, async (temp, path) => {
      try {
        await link(temp, path);
        return true;
      } catch (thrown) {
        const code = errnoOf(thrown);
        // NFS may lose the answer and try again: then our own link is there (open(2), O_EXCL).
        if (code === 'EEXIST') return (await stat(temp)).nlink > 1;
        if (['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'].includes(code))
          throw linksUnsupported(this.url, thrown);
        throw thrown;
      }
    });
    return { created };
  }

  head(key: string): Promise<number | undefined> {
    return this.#unlessAbsent(async () => (await stat(this.#path(key))).size);
  }

  async *list(prefix: string): AsyncGenerator<ObjectInfo> {
    try {
      await this.#requireRoot();
      yield* listDirectory(this.url, prefix);
    } catch (thrown) {
      throw directoryError(this.url, thrown);
    }
  }

  async delete(key: string): Promise<void> {
    await this.#unlessAbsent(() => unlink(this.#path(key)));
  }

  /** Its file system's, which on a share is another machine's. */
  async now(): Promise<number> {
    try {
      const temp = await this.#makeTemp(Buffer.of(), undefined);
      try {
        return (await stat(temp)).mtimeMs;
      } finally {
        await removeQuietly(temp);
      }
    } catch (thrown) {
      throw directoryError(this.url, thrown);
    }
  }

  close(): void {
    this.externals.close();
  }

  #path(key: string): string {
    return join(this.url, checkKey(key));
  }

  async #write<T>(
    key: string,
    body: Uint8Array,
    signal: AbortSignal | undefined,
    publish: (temp: string, path: string) => Promise<T>,
  ): Promise<T> {
    try {
      throwIfAborted(signal);
      const path = this.#path(key);
      const temp = await this.#makeTemp(body, signal);
      try {
        await makeFolder(dirname(path));
        const outcome = await publish(temp, path);
        await syncFolder(dirname(path));
        return outcome;
      } finally {
        await removeQuietly(temp);
      }
    } catch (thrown) {
      throw directoryError(this.url, thrown);
    }
  }

  async #makeTemp(body: Uint8Array, signal: AbortSignal | undefined): Promise<string> {
    this.#cleaned ??= removeAbandoned(this.#temp);
    await this.#cleaned;
    try {
      return await writeTemp(this.#temp, body, signal);
    } catch (thrown) {
      if (errnoOf(thrown) !== 'ENOENT') throw thrown;
      await this.#requireRoot();
      await makeFolder(this.#temp);
      return writeTemp(this.#temp, body, signal);
    }
  }

  async #unlessAbsent<T>(operation: () => Promise<T>): Promise<T | undefined> {
    try {
      return await operation();
    } catch (thrown) {
      if (errnoOf(thrown) !== 'ENOENT') throw directoryError(this.url, thrown);
      await this.#requireRoot();
      return undefined;
    }
  }

  /** An unmounted share must not look like an empty lake. */
  async #requireRoot(): Promise<void> {
    try {
      if (!(await stat(this.url)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    } catch (thrown) {
      throw errnoOf(thrown) === 'ENOENT' ? directoryMissing(this.url) : directoryError(this.url, thrown);
    }
  }
}
