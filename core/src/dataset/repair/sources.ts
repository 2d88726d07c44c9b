import { join } from 'node:path';
import type { Lake } from '../../lake/lake.ts';
import type { FileEntry } from '../entry.ts';
import { checkEntryPath } from '../manifest/path.ts';
import { RecordedIndex } from '../recorded/read.ts';
import { RecordedRows } from '../recorded/rows.ts';
import { recordedFile } from '../workingCopy/workingCopy.ts';
import type { Elsewhere } from './elsewhere.ts';
import { holds, inLake, onDisk, type Source } from './source.ts';

/** Folders that may hold whole files of the dataset, the nearest first. */
export interface Folder {
  path: string;
  /** For people: 'the cache local'. */
  name: string;
  workingCopy: boolean;
}

/** Where healthy bytes are looked for: elsewhere in the lake, in caches, in a working copy. */
export class Sources {
  readonly #lake: Lake;
  readonly #datasetId: string;
  readonly #folders: readonly Folder[];
  readonly #elsewhere: ReadonlyMap<string, Elsewhere>;
  readonly #signal: AbortSignal;

  constructor(options: {
    lake: Lake;
    datasetId: string;
    folders: readonly Folder[];
    elsewhere: Map<string, Elsewhere>;
    signal: AbortSignal;
  }) {
    this.#lake = options.lake;
    this.#datasetId = options.datasetId;
    this.#folders = options.folders;
    this.#elsewhere = options.elsewhere;
    this.#signal = options.signal;
  }

  /** One that holds the file's content, every byte of it; the caller closes it. */
  async find(file: FileEntry): Promise<Source | undefined> {
    for await (const source of this.#candidates(file)) {
      this.#signal.throwIfAborted();
      if (await holds(source, file)) return source;
      await source.close();
    }
    return undefined;
  }

  async *#candidates(file: FileEntry): AsyncGenerator<Source> {
    const known = file.sha256 ? this.#elsewhere.get(file.sha256) : undefined;
    for (const other of known?.files ?? []) yield inLake(this.#lake, this.#datasetId, other, this.#signal);
    for (const folder of this.#folders) {
      for (const path of [...(known?.paths ?? [file.path]), ...this.#moved(folder, file)]) {
        checkEntryPath(path);
        const source = await onDisk(join(folder.path, path), file.size, folder.name);
        if (source) yield source;
      }
    }
  }

  /** Names that a working copy's index has for the content. */
  #moved({ path, workingCopy }: Folder, { sha256 }: FileEntry): string[] {
    const paths: string[] = [];
    if (!workingCopy || sha256 === null) return paths;
    const index = RecordedIndex.open(recordedFile(path));
    const wanted = Buffer.from(sha256, 'hex');
    for (const rows = new RecordedRows(index); rows.path !== undefined; ) {
      if (rows.take().digest.equals(wanted)) paths.push(rows.taken);
    }
    index?.close();
    return paths;
  }
}
