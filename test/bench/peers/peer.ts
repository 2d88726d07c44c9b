import type { Sources } from '../data/sources.ts';
import type { Work } from '../measure/sample.ts';
import type { Stopwatch } from '../measure/stopwatch.ts';
import type { Bucket } from '../store.ts';
import type { PeerId } from './ids.ts';

/** What one peer gets for one round. */
export interface Stage {
  sources: Sources;
  /** Empty, on the same disk as the sources; nothing in it is removed before everybody has been measured. */
  folder: string;
  /** A bucket of its own, removed afterwards. */
  bucket: Bucket;
  stopwatch: Stopwatch;
  wants: (...works: Work[]) => boolean;
  /** Where profiles of the daemon go; null: none are made. */
  profile: string | null;
}

export interface Peer {
  id: PeerId;
  does: Work[];
  /** In how many rounds it takes part, where more would take hours; in all unless said. */
  rounds?: number;
  /** Installs what may be installed; throws with what is missing. */
  find: () => Promise<Tool>;
}

export interface Tool {
  /** For people: `restic 0.14.0`. */
  version: string;
  /** Does its works on the sources, each result checked byte for byte. */
  run: (stage: Stage) => Promise<void>;
}
