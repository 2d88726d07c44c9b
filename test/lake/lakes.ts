import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LakeLocation } from '../../core/src/lake/location.ts';
import { startSeaweed } from '../support/servers/seaweed.ts';

/** Where a suite's lakes are made, each fresh; `stop` removes them all. */
export interface Lakes {
  locate(): LakeLocation;
  stop(): Promise<void>;
}

export async function directoryLakes(): Promise<Lakes> {
  const folder = await mkdtemp(join(tmpdir(), 'forebay-lakes-'));
  let made = 0;
  return {
    locate: () => ({ url: join(folder, `lake${made++}`) }),
    stop: () => rm(folder, { recursive: true, force: true }),
  };
}

export async function s3Lakes(): Promise<Lakes> {
  const { endpoint, region, credentials, bucket, stop } = await startSeaweed();
  return {
    locate: () => ({ url: `s3://${bucket()}/some/prefix`, endpoint, region, credentials }),
    stop,
  };
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
