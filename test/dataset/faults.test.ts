import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isForebayError } from '../../core/src/api/errors.ts';
import { findDataset } from '../../core/src/dataset/catalog.ts';
import { pullVersions } from '../../core/src/dataset/checkout/pull.ts';
import { readHistory } from '../../core/src/dataset/history.ts';
import { keyOf } from '../../core/src/dataset/names.ts';
import { openRepository } from '../../core/src/dataset/repository.ts';
import { initWorkingCopy, syncFolder } from '../../core/src/dataset/sync.ts';
import { verifyVersion } from '../../core/src/dataset/verify/verify.ts';
import type { LakeLocation } from '../../core/src/lake/location.ts';
import { S3Lake } from '../../core/src/lake/s3/s3Lake.ts';
import { collect } from '../lake/lakes.ts';
import {
  type Fault,
  lateMost,
  seededFaults,
  seededRandom,
  startFaultyProxy,
} from '../support/network/faultyProxy.ts';
import { type Seaweed, startSeaweed } from '../support/servers/seaweed.ts';

const faults: Fault[] = ['lose-answer', 'arrive-late', 'stall', 'busy', 'fail', 'cut-body'];
/** What a commit meets most of the time. */
const commitFaults: Fault[] = ['lose-answer', 'arrive-late', 'arrive-late', 'arrive-late', 'stall'];
const patience = { attempts: 2, firstPause: 5, longestPause: 50, stall: 300 };
/** What a sync or a pull may say when the store misbehaves, when another was first, or when it was cancelled. */
const sayable = ['lake-unreachable', 'newer-version', 'cancelled', 'damaged'] as const;
const rounds = 4;
const tries = 4;

let seaweed: Seaweed;
let bucket: string;
let top: string;

beforeAll(async () => {
  seaweed = await startSeaweed();
  bucket = seaweed.bucket();
  top = await mkdtemp(join(tmpdir(), 'forebay-faults-'));
});
afterAll(async () => {
  await seaweed?.stop();
  await rm(top, { recursive: true, force: true });
});

interface Told {
  message: string;
  version: number;
  digest: string;
}

test.each(Array.from({ length: 6 }, (_, seed) => ({ seed, replace: seed % 2 === 1 })))(
  'answers lost, late or never while two folders commit: each version once and whole (seed $seed, replace: $replace)',
  async ({ seed, replace }) => {
    const { endpoint, region, credentials } = seaweed;
    const location: LakeLocation = { url: `s3://${bucket}/seed${seed}`, endpoint, region, credentials };
    const direct = new S3Lake(location);
    const { id: lakeId } = await openRepository(direct, { create: true });
    const random = seededRandom(seed);
    const control = (signal = new AbortController().signal) => ({ signal, report: () => undefined });

    const person = async (name: string, faultSeed: number) => {
      const [seldom, often] = [
        seededFaults(faultSeed, 0.08, faults),
        seededFaults(faultSeed, 0.7, commitFaults),
      ];
      const isCommit = ({ method, url }: IncomingMessage) => method === 'PUT' && url?.includes('/log/');
      const proxy = await startFaultyProxy(endpoint, {
        fault: (sent) => (isCommit(sent) ? often() : seldom()),
      });
      const folder = join(top, `${seed}-${name}`);
      await mkdir(folder);
      await initWorkingCopy({ lake: direct, lakeId, folder, name: 'x', author: name });
      const told: Told[] = [];
      const sync = async (lake: S3Lake, message: string, signal?: AbortSignal) => {
        const request = { lake, lakeId, folder, message, author: name, replace };
        const { version, digest } = await syncFolder(request, control(signal));
        told.push({ message, version, digest });
      };
      const work = async () => {
        for (let round = 0; round < rounds; round++) {
          const message = `${name} ${round}`;
          await writeFile(join(folder, `${name}-${round}`), message.repeat(1000 * (round + 1)));
          await writeFile(join(folder, `${name}-changing`), message);
          for (let attempt = 0; attempt < tries; attempt++) {
            // Another machine, or a daemon that was started again, knows nothing of before.
            const lake = new S3Lake({ ...location, endpoint: proxy.endpoint }, patience);
            const signal = random() < 0.2 ? AbortSignal.timeout(Math.round(random() * 500)) : undefined;
            try {
              await sync(lake, message, signal);
              break;
            } catch (error) {
              if (!isForebayError(error, ...sayable)) throw error;
              if (!isForebayError(error, 'newer-version')) continue;
              await pullVersions({ lake, lakeId, folder }, control()).catch((error) => {
                if (!isForebayError(error, ...sayable)) throw error;
              });
            } finally {
              lake.close();
            }
          }
        }
      };
      return { folder, told, work, sync, proxy };
    };

    const people = [await person('ann', seed * 2 + 1), await person('bob', seed * 2 + 2)];
    await Promise.all(people.map(({ work }) => work()));
    await setTimeout(lateMost + 200);
    await Promise.all(people.map(({ proxy }) => proxy.stop()));
    for (const { folder, sync } of people) {
      await pullVersions({ lake: direct, lakeId, folder }, control());
      await sync(direct, 'the store is well again');
    }

    const { id } = await findDataset(direct, 'x');
    const { versions } = await readHistory(direct, id);
    const records = (await collect(direct.list(keyOf.log(id)))).map(({ key }) => key.split('/').at(-1));
    expect(records).toEqual(versions.map((_, at) => `${String(at + 1).padStart(10, '0')}.json`));
    expect(versions.map(({ version }) => version)).toEqual(versions.map((_, at) => at + 1));
    for (const version of versions) {
      expect(await verifyVersion({ lake: direct, datasetId: id, version }, control())).toMatchObject({
        ok: true,
      });
    }
    for (const { version, digest } of people.flatMap(({ told }) => told)) {
      expect(versions[version - 1]?.digest).toBe(digest);
    }
    expect(people.flatMap(({ told }) => told).length).toBeGreaterThan(2);
    if (!replace) {
      const messages = versions.map(({ message }) => message).filter((message) => !message.includes('well'));
      expect(messages).toEqual([...new Set(messages)]);
    }
    direct.close();
  },
);
