import type { ChunkRow } from '../store/tables.ts';
import type { Point } from './point.ts';
import { summaryOf } from './summary.ts';

/** Points of a chunk: so many that a million of them are 4,000 rows, so few that a tail is soon written again. */
export const chunkSize = 256;

const numbers = 3;

/** Three little-endian doubles a point: step, time, value. */
export function encodePoints(points: readonly Point[]): Uint8Array {
  const bytes = new Uint8Array(points.length * numbers * 8);
  const view = new DataView(bytes.buffer);
  for (const [at, { step, time, value }] of points.entries()) {
    for (const [nth, number] of [step, time, value].entries()) {
      view.setFloat64((at * numbers + nth) * 8, number, true);
    }
  }
  return bytes;
}

export function decodePoints(bytes: Uint8Array): Point[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const number = (at: number) => view.getFloat64(at * 8, true);
  return Array.from({ length: bytes.byteLength / (numbers * 8) }, (_, at) => ({
    step: number(at * numbers),
    time: number(at * numbers + 1),
    value: number(at * numbers + 2),
  }));
}

/** Not empty. */
export function chunkOf(points: readonly Point[]): Omit<ChunkRow, 'metric_id' | 'seq'> {
  return { ...summaryOf(points), points: encodePoints(points) };
}
