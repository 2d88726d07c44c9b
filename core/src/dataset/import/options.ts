import type { ImportSource } from '../../api/importSource.ts';
import type { Lake } from '../../lake/lake.ts';

export interface ImportOptions {
  lake: Lake;
  /** The dataset's; it is made if need be. */
  name: string;
  source: ImportSource;
  /** Where the bucket is; undefined: at the lake's own store, or the one that the environment names. */
  endpoint?: string | undefined;
  message: string;
  author: string;
  /** Make it the next version whatever came between. */
  replace: boolean;
  /** Leave out objects that can't be files of a version instead of refusing. */
  skip: boolean;
}
