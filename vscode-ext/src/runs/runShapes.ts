import type { Run } from '@forebay/core/api/schemas';
import { factsOf } from './runRow.ts';

/** Which rows lie below each run, by its id, in the order of the runs. */
export type Shapes = ReadonlyMap<string, string>;

export const shapesOf = (runs: readonly Run[]): Shapes =>
  new Map(
    runs.map((run) => [
      run.id,
      factsOf(run)
        .map(({ title, icon }) => `${icon} ${title}`)
        .join('\n'),
    ]),
  );

/** Runs below which rows came or went; undefined where runs themselves did. */
export function grownRuns(before: Shapes, after: Shapes): string[] | undefined {
  if ([...before.keys()].join() !== [...after.keys()].join()) return undefined;
  return [...after].filter(([id, shape]) => before.get(id) !== shape).map(([id]) => id);
}
