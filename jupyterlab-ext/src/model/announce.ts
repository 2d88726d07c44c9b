import type { Job } from '@forebay/core/api/schemas';
import { fractionOf } from './level.ts';

/** The tens of percent that were last said, by job. */
export type Announced = ReadonlyMap<string, number>;

/** What a screen reader is told: each job when it begins and at every further 10%. */
export function announce(jobs: readonly Job[], before: Announced): { said: Announced; text: string } {
  const said = new Map<string, number>();
  const news: string[] = [];
  for (const job of jobs) {
    const tens = Math.floor(fractionOf(job.progress) * 10);
    const last = before.get(job.id);
    said.set(job.id, Math.max(tens, last ?? 0));
    if (last === undefined || tens > last) news.push(`${job.title}, ${tens * 10}%`);
  }
  return { said, text: news.join('. ') };
}
