import { pauser } from '../scan/pause.ts';
import { type ComparedVersion, differences } from './differences.ts';
import { findMoves } from './moves.ts';
import { DiffTable } from './table.ts';

/** Rows that are kept, about 150 bytes each; what comes after them, in path order, is counted and no more. */
export const rowsMost = 1_000_000;

export interface CompareControl {
  signal: AbortSignal;
  /** Hears how far it is, in pages of the manifests. */
  onPages: (read: number, all: number) => void;
}

/** Changes that found no place in the table. */
export type Comparison = { table: DiffTable; beyond: number };

/** Gathers what differs between two versions, moves found; in steps, since others wait for the same thread. */
export async function compareVersions(
  from: ComparedVersion | undefined,
  to: ComparedVersion,
  { signal, onPages }: CompareControl,
): Promise<Comparison> {
  const table = new DiffTable();
  let beyond = 0;
  // In the daemon's own thread.
  const pause = pauser(signal, undefined, 10);
  for await (const some of differences(from, to, { signal, onPages })) {
    for (const difference of some) {
      await pause();
      if (table.length < rowsMost) table.add(difference);
      else beyond++;
    }
  }
  // With a part of them unknown, a file that seems removed may have gone there.
  if (beyond === 0) await findMoves(table, pause);
  table.seal();
  return { table, beyond };
}
