/** What a writer thread is asked to do; one message each, structured-cloned. */
export type WriterTask = WriteTask | LinkTask | CheckTask;

/** Decode, hash and, where there is a folder, write what lies in `buffer`. */
export interface WriteTask {
  kind: 'write';
  /** Null: hash only, as `verify` does. */
  folder: string | null;
  buffer: SharedArrayBuffer;
  /** Of the buffer, what was read; the rest is another read's. */
  filled: number;
  items: ContentItem[];
}

export interface ContentItem {
  path: string;
  /** In the buffer. */
  offset: number;
  length: number;
  codec: 'raw' | 'zstd';
  size: number;
  sha256: string | null;
  mtime: number;
  mode: FileMode;
}

/** `exact` is set whatever the umask; `usual` is what an editor would make. */
export interface FileMode {
  bits: number;
  exact: boolean;
}

/** Hard-link finished files of another version, where they still are what was recorded. */
export interface LinkTask {
  kind: 'link';
  folder: string;
  from: string;
  items: LinkItem[];
}

export interface LinkItem {
  path: string;
  size: number;
  sha256: string | null;
  /** As the version that is linked from recorded it. */
  mtime: number;
  mode: FileMode;
}

/** Read and hash files on disk. */
export interface CheckTask {
  kind: 'check';
  folder: string;
  items: { path: string; size: number; sha256: string | null; executable: boolean }[];
}

export interface Failure {
  /** Of the task's items. */
  index: number;
  /** `damaged`, `changed` (no longer what was recorded), or the system's errno name. */
  code: string;
  message: string;
}

export interface WriterRequest {
  id: number;
  task: WriterTask;
}

export interface WriterAnswer {
  id: number;
  failures: Failure[];
}
