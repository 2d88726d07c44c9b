import type { Diff, FileEntry, Job, Version } from '../api/schemas.ts';
import { datasetPath } from './datasets.ts';
import { collect, type Page, type PageRequest } from './pages.ts';
import { type Requester, withSignal } from './request.ts';

export interface FilesRequest extends PageRequest {
  /** Path within the version; '' is the top. */
  folder?: string;
  /** Only paths that contain this text. */
  search?: string;
  /** Files below sub-folders too, instead of the sub-folders. */
  recursive?: boolean;
  /** Only paths that one of these globs matches, and none of `exclude`. */
  include?: readonly string[];
  exclude?: readonly string[];
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
  files(dataset: string, selector: string, request: FilesRequest = {}): Promise<Page<FileEntry>> {
    return this.#requests.get(`${versionPath(dataset, selector)}/files`, { ...request });
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

  tag(dataset: string, tag: string, version: number): Promise<Version> {
    return this.#requests.put(tagPath(dataset, tag), { version });
  }

  async untag(dataset: string, tag: string): Promise<void> {
    await this.#requests.delete(tagPath(dataset, tag));
  }

  diff(dataset: string, from: string, to: string): Promise<Diff> {
    return this.#requests.get(`${datasetPath(dataset)}/diff`, { from, to });
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
