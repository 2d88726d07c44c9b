import type { Lake } from '../../lake/lake.ts';
import type { History, VersionRecord } from '../history.ts';
import type { LogSnapshot } from '../log/log.ts';
import type { DatasetState } from '../log/state.ts';
import type { WorkingCopyState } from '../workingCopy/workingCopy.ts';
import type { DamagedPacks } from './damaged.ts';

export interface SyncOptions {
  lake: Lake;
  lakeId: string;
  folder: string;
  message: string;
  author: string;
  /** Make the folder the next version whatever came between. */
  replace: boolean;
  /** What somebody has read of the dataset's log already. */
  log?: LogSnapshot<DatasetState> | undefined;
  /** Packs that are known to be damaged: what they hold counts as absent, so it is sent again where the folder has it. */
  damaged?: readonly string[] | undefined;
}

/** Where a working copy and its dataset stand when an attempt begins. */
export interface Start {
  state: WorkingCopyState;
  /** The dataset's, as it is called now. */
  name: string;
  history: History;
  parent: VersionRecord | undefined;
  damaged: DamagedPacks;
}
