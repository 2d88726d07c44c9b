import type { Problem } from '../api/index.ts';
import type { Tally } from '../dataset/progress.ts';

/** What a job's thread tells the daemon. The other way there is one message: stop. */
export type FromThread =
  | { kind: 'progress'; tally: Tally }
  | { kind: 'done'; result: unknown }
  | { kind: 'failed'; problem: Problem; stack: string | null };
