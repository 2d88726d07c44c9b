import type { Problem } from '../api/index.ts';
import type { Tally } from '../dataset/progress.ts';
import type { Task } from '../hub/jobs/task.ts';

/** What the daemon tells a job's thread; `stop` is for the task that it performs, if it still does. */
export type ToThread = { kind: 'perform'; task: Task } | { kind: 'stop' } | { kind: 'end' };

/** What a job's thread tells the daemon. One that goes on waits for another task, others end. */
export type FromThread =
  | { kind: 'progress'; tally: Tally }
  | { kind: 'done'; result: unknown; goesOn: boolean }
  | { kind: 'failed'; problem: Problem; stack: string | null; goesOn: boolean };
