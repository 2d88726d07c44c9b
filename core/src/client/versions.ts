import type {
  Diff,
  DiffEntries,
  DiffFile,
  DiffFolders,
  DiffKind,
  DiffSummary,
  FileChange,
  FileEntry,
  FileSort,
  FilesPage,
  Job,
  Version,
  VersionStatistics,
} from '../api/schemas.ts';
import { datasetPath } from './datasets.ts';
import { collect, type Page, type PageRequest } from './http/pages.ts';
import { type Requester, withSignal } from './http/request.ts';

export interface FilesRequest extends PageRequest {
  /** Path within the version; '' is the top. */
  folder?: string;
  /** Only paths that contain this text. */
  search?: string;
  /** Files below sub-folders too, instead of the sub-folders. */
  recursive?: boolean;
  /** Rows before the page, instead of a cursor; of a folder, and of a search with `partial`. */
  offset?: number;
  /** From the first row whose name begins with this, whatever its case. */
  begins?: string;
  sort?: FileSort;
  /** What is known so far, soon: `complete` says whether that is all. */
  partial?: boolean;
  /** Only paths that one of these globs matches, and none of `exclude`. */
  include?: readonly string[];
  exclude?: readonly string[];
}

/** Two versions, by what follows @ in a reference. */
export interface DiffPair {
  dataset: string;
  from: string;
  to: string;
  /** Where `from` is a version of another dataset. */
  fromDataset?: string;
}

export interface DiffEntriesRequest extends DiffPair {
  folder?: string;
  search?: string;
  /** None: all. */
  kinds?: readonly DiffKind[];
  offset?: number;
  limit?: number;
}

/** Versions of a dataset. `selector` is what follows @ in a reference: v3, latest, a tag, sha256-... */
export class VersionsClient {
  readonly #requests: Requester;

  constructor(requests: Requester) {
    this.#requests = requests;
  }

  /** Newest first. */
  page(dataset: string, request: PageRequest = {}): Promise<Page<Version>> {
    return this.#requests.get(`${datasetPath(dataset)}/versions`, { ...request });
  }

  /** Every version, newest first. */
  list(dataset: string): Promise<Version[]> {
    return collect((request) => this.page(dataset, request));
  }

  get(dataset: string, selector: string): Promise<Version> {
    return this.#requests.get(versionPath(dataset, selector));
  }

  /** One page of a folder, sub-folders first. */
  files(
    dataset: string,
    selector: string,
    request: FilesRequest = {},
    signal?: AbortSignal,
  ): Promise<FilesPage> {
    return this.#requests.get(`${versionPath(dataset, selector)}/files`, { ...request }, signal);
  }

  /** As far as they are known by now: asked again until `complete`. */
  statistics(dataset: string, selector: string, signal?: AbortSignal): Promise<VersionStatistics> {
    return this.#requests.get(`${versionPath(dataset, selector)}/statistics`, {}, signal);
  }

  /** Where a browser saves a file from, below the daemon's address. */
  downloadPath(dataset: string, selector: string, path: string): string {
    const query = new URLSearchParams({ path, download: 'true' });
    return `${versionPath(dataset, selector)}/content?${query}`;
  }

  /** What is at a path: a file, a folder or a link. */
  entry(dataset: string, selector: string, path: string): Promise<FileEntry> {
    return this.#requests.get(`${versionPath(dataset, selector)}/entry`, { path });
  }

  /** Which versions changed what is at a path, newest first; `limit` is how many versions are looked into. */
  fileHistory(
    dataset: string,
    path: string,
    request: PageRequest = {},
    signal?: AbortSignal,
  ): Promise<Page<FileChange>> {
    return this.#requests.get(`${datasetPath(dataset)}/file-history`, { path, ...request }, signal);
  }

  /** A file's bytes; `range` counts bytes, its end exclusive. */
  async content(
    dataset: string,
    selector: string,
    path: string,
    options: { range?: { start: number; end: number }; signal?: AbortSignal } = {},
  ): Promise<Uint8Array> {
    const bytes = await this.#requests.send<ArrayBuffer | Uint8Array>({
      method: 'get',
      url: `${versionPath(dataset, selector)}/content`,
      params: { path },
      responseType: 'arraybuffer',
      headers: options.range ? { Range: `bytes=${options.range.start}-${options.range.end - 1}` } : {},
      ...withSignal(options.signal),
    });
    return bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  }

  /** The version as JSON-LD in Croissant (https://docs.mlcommons.org/croissant). */
  croissant(dataset: string, selector: string): Promise<object> {
    return this.#requests.get(`${versionPath(dataset, selector)}/croissant`);
  }

  tag(dataset: string, tag: string, version: number): Promise<Version> {
    return this.#requests.put(tagPath(dataset, tag), { version });
  }

  async untag(dataset: string, tag: string): Promise<void> {
    await this.#requests.delete(tagPath(dataset, tag));
  }

  diff(dataset: string, from: string, to: string): Promise<Diff> {
    return this.#requests.get(`${datasetPath(dataset)}/diff`, { from, to });
  }

  /** What changed and how much. Not `ready`: the comparison goes on; ask again. */
  diffSummary({ dataset, ...pair }: DiffPair, signal?: AbortSignal): Promise<DiffSummary> {
    return this.#requests.get(`${datasetPath(dataset)}/diff/summary`, { ...pair }, signal);
  }

  /** Without `folder` everything that differs, in path order. */
  diffEntries({ dataset, ...request }: DiffEntriesRequest, signal?: AbortSignal): Promise<DiffEntries> {
    return this.#requests.get(`${datasetPath(dataset)}/diff/entries`, { ...request }, signal);
  }

  /** What the sub-folders of `folder` hold in both versions. */
  diffFolders(
    { dataset, ...request }: DiffPair & { folder?: string; limit?: number },
    signal?: AbortSignal,
  ): Promise<DiffFolders> {
    return this.#requests.get(`${datasetPath(dataset)}/diff/folders`, { ...request }, signal);
  }

  /** One path on both sides; of a moved file, where it was. */
  diffFile({ dataset, ...request }: DiffPair & { path: string }, signal?: AbortSignal): Promise<DiffFile> {
    return this.#requests.get(`${datasetPath(dataset)}/diff/file`, { ...request }, signal);
  }

  /** Reads every byte of a version in the lake; the job's result is a VerifyResult. */
  verify(ref: string): Promise<Job> {
    return this.#requests.post('/api/v1/verifications', { ref });
  }
}

function versionPath(dataset: string, selector: string): string {
  return `${datasetPath(dataset)}/versions/${encodeURIComponent(selector)}`;
}

function tagPath(dataset: string, tag: string): string {
  return `${datasetPath(dataset)}/tags/${encodeURIComponent(tag)}`;
}
