import type { Control } from '../dataset/progress.ts';
import type { Clock } from './clock.ts';
import type { Events } from './events.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { Task } from './jobs/task.ts';
import type { Catalog } from './lake/catalog.ts';
import type { LakeKeeper } from './lake/lakeKeeper.ts';
import type { Database } from './store/migrations.ts';

/** What every part of the hub works with. */
export interface HubContext {
  home: string;
  /** Where the default cache is made. */
  cacheFolder: string;
  hubId: string;
  db: Database;
  events: Events;
  clock: Clock;
  jobs: Jobs;
  lakes: LakeKeeper;
  catalog: Catalog;
  /** Does a task in a thread; rejects with `cancelled` soon after the signal is aborted. */
  runTask: (task: Task, control: Control) => Promise<unknown>;
  /** What deletes trash now, by cache. */
  sweeps: Map<string, Promise<unknown>>;
  /** What measures placements again, by cache. */
  measures: Map<string, Promise<unknown>>;
  /** Gets what nobody asked for and what nobody foresaw. */
  log: (error: unknown) => void;
  /** Nothing is evicted unasked before this time, milliseconds: a rebuilt database doesn't know who uses what. */
  quietUntil: number;
}
