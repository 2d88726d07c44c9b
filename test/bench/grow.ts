import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { removeTree } from '../support/home.ts';
import { type CompareOptions, compare } from './compare.ts';
import { growthFiles } from './options.ts';
import type { Growth } from './report/results.ts';

/** Forebay alone with more and more files. */
export async function grow(counts: number[], options: CompareOptions, at: string): Promise<Growth> {
  const peers = options.peers.filter(({ id }) => id === 'forebay');
  let last: Awaited<ReturnType<typeof compare>> | undefined;
  const steps: Growth['steps'] = [];
  for (const count of counts) {
    const folder = join(at, String(count));
    await mkdir(folder);
    last = await compare({ ...options, peers, files: growthFiles(count) }, folder);
    await removeTree(folder);
    steps.push({ files: last.files, bytes: last.bytes, samples: last.samples });
  }
  if (!last) throw new Error('There is nothing to grow.');
  const version = last.versions.find(({ peer }) => peer === 'forebay')?.version ?? '';
  return { when: last.when, rounds: options.rounds, machine: last.machine, version, steps };
}
