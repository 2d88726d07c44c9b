import type { Run } from '@forebay/core/api/schemas';
import type { Shapes } from '../tree/grownRows.ts';
import { factsOf } from './runRow.ts';

/** Which facts lie below each run, whatever their values. */
export const factShapes = (runs: readonly Run[]): Shapes =>
  new Map(
    runs.map((run) => [
      run.id,
      factsOf(run)
        .map(({ title, icon }) => `${icon} ${title}`)
        .join('\n'),
    ]),
  );
