import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Job } from '@forebay/core/client';
import { findDaemon, unixTransport } from '@forebay/core/launch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noise } from '../../core/src/dataset/testing/lake.ts';
import { type Home, type Outcome, outcome } from '../support/home.ts';
import { type SlowLink, startSlowLink } from '../support/network/slowLink.ts';
import { type Seaweed, startSeaweed } from '../support/servers/seaweed.ts';
import { sourceHome } from './support.ts';

const MiB = 2 ** 20;
const size = 400 * MiB;
let seaweed: Seaweed;
let link: SlowLink;
let home: Home;
let work: string;

beforeAll(async () => {
  seaweed = await startSeaweed();
  link = await startSlowLink(seaweed.endpoint);
  home = await sourceHome({ ...seaweed.env, AWS_ENDPOINT_URL_S3: link.endpoint });
  work = home.path('work');
  await mkdir(work);
  const file = await open(join(work, 'large.bin'), 'w');
  for (let at = 0; at < size; at += 8 * MiB) await file.write(noise(8 * MiB, at));
  await file.close();
  await home.json('up', '--lake', `s3://${seaweed.bucket()}`);
  await home.json('-C', work, 'data', 'init', 'big');
});
afterAll(async () => {
  await home?.remove();
  link?.stop();
  await seaweed?.stop();
});

const daemon = async () => {
  const found = await findDaemon({ home: home.state, env: home.env });
  if (!found) throw new Error('No daemon runs.');
  return found;
};

/** Kills the daemon once the command's job has got as far as `far` says; how the command ended. */
async function killDuring(args: string[], kind: Job['kind'], far: (job: Job) => boolean): Promise<Outcome> {
  const { socketPath, hello } = await daemon();
  const client = new Client(unixTransport(socketPath));
  const child = home.spawn(args);
  const ended = outcome(child);
  for (;;) {
    const job = (await client.jobs.list()).find((each) => each.kind === kind && each.state === 'running');
    if (job && far(job)) break;
    if (child.exitCode !== null) throw new Error(`It ended too soon: ${JSON.stringify(await ended)}`);
    await sleep(10);
  }
  process.kill(hello.pid, 'SIGKILL');
  return ended;
}

async function peakMemory(): Promise<number> {
  const { hello } = await daemon();
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${hello.pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

async function digest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path)) hash.update(piece);
  return hash.digest('hex');
}

const packsNoted = () => {
  try {
    return readFileSync(join(work, '.forebay', 'uploaded'), 'utf8')
      .split('\n')
      .filter(Boolean).length;
  } catch {
    return 0;
  }
};

test('a daemon killed during the sync of a large file: the next sync sends the rest, and says so', async () => {
  expect((await killDuring(['-C', work, 'data', 'sync'], 'sync', () => packsNoted() >= 2)).code).toBe(1);
  const { code, stdout } = await home.run('-C', work, 'data', 'sync');
  expect(code).toBe(0);
  const said = /\((\d+) MB uploaded, (\d+) MB taken over from the interrupted sync\)/.exec(stdout);
  const [uploaded = 0, takenOver = 0] = (said ?? []).slice(1).map(Number);
  expect(takenOver).toBeGreaterThan(90);
  expect(uploaded + takenOver).toBeLessThan(size / 1e6 + 5);
  expect(await home.json('data', 'verify', 'big')).toMatchObject({ ok: true });
  expect(await peakMemory()).toBeLessThan(512 * MiB);
});

test('a daemon killed during the fill of a large file: the next one goes on behind what was written', async () => {
  link.limit(40 * MiB);
  // The command goes on with the daemon that takes the dead one's place.
  const filling = killDuring(['cache', 'add', 'big'], 'fill', ({ progress }) => progress.bytes > 150 * MiB);
  const { code, stdout } = await filling;
  const { path } = (await home.json<{ path: string }[]>('cache', 'ls'))[0] ?? { path: '' };
  expect(await digest(join(path, 'large.bin'))).toBe(await digest(join(work, 'large.bin')));
  expect([code, stdout]).toEqual([
    0,
    expect.stringMatching(/\([12]\d\d MB taken over from the interrupted fill\)/),
  ]);
  expect(await peakMemory()).toBeLessThan(512 * MiB);
});
