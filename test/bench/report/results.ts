import type { FileSpec } from '../data/files.ts';
import type { LinkSpec } from '../link/shape.ts';
import type { Sample } from '../measure/sample.ts';
import type { Machine } from './machine.ts';

/** What `bench.json` holds: every figure as it was measured. */
export interface Results {
  format: 1;
  comparisons: Comparison[];
  growth: Growth | null;
  alone: Alone[];
}

/** Forebay beside its peers in one setting. */
export interface Comparison {
  setting: string;
  files: FileSpec;
  bytes: number;
  link: MeasuredLink | null;
  rounds: number;
  /** RFC 3339, UTC. */
  when: string;
  machine: Machine;
  versions: { peer: string; version: string }[];
  missing: Absence[];
  /** Who broke off in a round, or whose result was wrong: that round of theirs doesn't count. */
  failed: Absence[];
  samples: Sample[];
}

export interface Absence {
  peer: string;
  reason: string;
}

export interface MeasuredLink extends LinkSpec {
  /** What the link's own process passes when nothing holds it back. */
  unlimitedBitsPerSecond: number;
}

/** How Forebay's cost grows with the number of files. */
export interface Growth {
  when: string;
  rounds: number;
  machine: Machine;
  version: string;
  steps: { files: FileSpec; bytes: number; samples: Sample[] }[];
}

/** What Forebay promises without anybody beside it. */
export interface Alone {
  id:
    | 'history'
    | 'large-file'
    | 'tracking'
    | 'points'
    | 'search'
    | 'live'
    | 'pages'
    | 'editor'
    | 'datasets'
    | 'files'
    | 'diff'
    | 'compression'
    | 'compression-folder';
  title: string;
  when: string;
  machine: Machine;
  version: string;
  lines: AloneLine[];
}

export interface AloneLine {
  title: string;
  value: number;
  unit: 'seconds' | 'bytes' | 'times';
  /** Must not be exceeded; null where nothing must be reached. */
  most: number | null;
}

export const noResults: Results = { format: 1, comparisons: [], growth: null, alone: [] };

/** The same setting measured again takes the place of what it was. */
export function withComparison(results: Results, made: Comparison): Results {
  const at = results.comparisons.findIndex(({ setting }) => setting === made.setting);
  const comparisons = at === -1 ? [...results.comparisons, made] : results.comparisons.with(at, made);
  return { ...results, comparisons };
}

export function withAlone(results: Results, made: Alone): Results {
  return { ...results, alone: [...results.alone.filter(({ id }) => id !== made.id), made] };
}
