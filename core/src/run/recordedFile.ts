/** A file that a run keeps of itself, among its artifacts. */
export interface RecordedFile {
  /** Within them, with `/`. */
  path: string;
  bytes: Buffer;
}
