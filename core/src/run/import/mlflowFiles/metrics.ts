import { join } from 'node:path';
import type { Point } from '../../metric/point.ts';
import { linesOf } from '../lines.ts';
import type { Problems } from '../problems.ts';
import type { ModelMeasure, SeriesBlock } from '../source.ts';
import { floatOf, isPoint } from '../values.ts';
import { filesBelow } from '../walk.ts';

/** Points at a time. */
const blockSize = 10_000;

/** The series of a run: a file each, whose path is the key and whose lines are points. */
export function* readSeries(folder: string, problems: Problems): Generator<SeriesBlock> {
  for (const key of filesBelow(folder, problems)) {
    let points: Point[] = [];
    for (const fields of fieldsOf(join(folder, key), problems, [2, 3, 5], pointOf)) {
      points.push(fields);
      if (points.length < blockSize) continue;
      yield { key, points };
      points = [];
    }
    if (points.length > 0) yield { key, points };
  }
}

/** What was measured of a model: the newest values are the caller's to find. */
export function* readMeasures(folder: string, problems: Problems): Generator<ModelMeasure> {
  for (const key of filesBelow(folder, problems)) {
    yield* fieldsOf(join(folder, key), problems, [4, 6], (fields) => {
      const point = pointOf(fields);
      const [, , , runId = '', name = '', digest = ''] = fields;
      return point && { ...point, key, runId, dataset: { name, digest } };
    });
  }
}

function* fieldsOf<T>(
  path: string,
  problems: Problems,
  counts: readonly number[],
  read: (fields: string[]) => T | undefined,
): Generator<T> {
  let damaged = 0;
  try {
    for (const line of linesOf(path)) {
      const fields = line.trim().split(' ');
      const value = counts.includes(fields.length) ? read(fields) : undefined;
      if (value !== undefined) yield value;
      else damaged += 1;
    }
  } catch (error) {
    problems.add(`${path}: ${error instanceof Error ? error.message : error}`);
  }
  if (damaged > 0) problems.add(`${path}: ${damaged} of its lines are no points, and were left out.`);
}

/** `time value [step [dataset digest]]` */
function pointOf([time = '', value = '', step = '0']: string[]): Point | undefined {
  const number = floatOf(value);
  if (time === '' || step === '' || number === undefined) return undefined;
  const point = { step: Number(step), time: Number(time), value: number };
  return isPoint(point) ? point : undefined;
}
