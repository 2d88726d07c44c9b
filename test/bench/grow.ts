import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type CompareOptions, compare } from './compare.ts';
import { growthFiles } from './options.ts';
import type { Comparison, Growth } from './report/results.ts';
import type { Store } from './store.ts';

/** Forebay alone with more and more files. */
export async function grow(
  counts: number[],
  options: CompareOptions,
  store: Store,
  at: string,
): Promise<Growth> {
  const peers = options.peers.filter(({ id }) => id === 'forebay');
  const made: Comparison[] = [];
  for (const count of counts) {
    const folder = join(at, String(count));
    await mkdir(folder);
    const step = await compare({ ...options, peers, files: growthFiles(count) }, store, folder);
    if (step.failed[0]) throw new Error(`At ${count} files: ${step.failed[0].reason}`);
    made.push(step);
  }
  const last = made.at(-1);
  if (!last) throw new Error('There is nothing to grow.');
  return {
    when: last.when,
    rounds: options.rounds,
    machine: last.machine,
    version: last.versions.find(({ peer }) => peer === 'forebay')?.version ?? '',
    steps: made.map(({ files, bytes, samples }) => ({ files, bytes, samples })),
  };
}
