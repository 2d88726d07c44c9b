import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Stopwatch } from '../../measure/stopwatch.ts';
import type { ForebayMachine } from './machine.ts';

/** Milliseconds between an answer and the next question. */
const pause = 5;

/** Asks for the status one time after the other while the whole folder is synced as another dataset. */
export async function timeAnswers(
  machine: ForebayMachine,
  stopwatch: Stopwatch,
  work: string,
): Promise<void> {
  await rm(join(work, '.forebay'), { recursive: true });
  await machine.home.json('-C', work, 'data', 'init', 'answers');
  let syncing = true;
  const sync = machine.home.json('-C', work, 'data', 'sync').finally(() => {
    syncing = false;
  });
  const seconds: number[] = [];
  while (syncing) {
    const begun = performance.now();
    await machine.client.app.status();
    seconds.push((performance.now() - begun) / 1000);
    await delay(pause);
  }
  await sync;
  stopwatch.note('answer', 'inside', percentile(seconds, 0.99));
}

/** The value that `share` of all values don't exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
}
