import { createHash, randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ForebayError } from '../../core/src/api/errors.ts';
import type { LakeLocation } from '../../core/src/lake/location.ts';
import { probeConditionalWrites } from '../../core/src/lake/probe.ts';
import { S3Lake } from '../../core/src/lake/s3/s3Lake.ts';
import {
  type Fault,
  type FaultyProxy,
  faultsInTurn,
  type ProxyOptions,
  seededFaults,
  startFaultyProxy,
} from '../support/network/faultyProxy.ts';
import { openBucket, type Seaweed, startSeaweed } from '../support/servers/seaweed.ts';

const patience = { attempts: 5, firstPause: 10, longestPause: 100, stall: 1500 };
const sha256 = (body: Uint8Array | undefined) => body && createHash('sha256').update(body).digest('hex');

let seaweed: Seaweed;
/** Past the proxy. */
let direct: S3Lake;
let location: LakeLocation;
const proxies: FaultyProxy[] = [];

beforeAll(async () => {
  seaweed = await startSeaweed();
  const { endpoint, region, credentials } = seaweed;
  location = { url: `s3://${seaweed.bucket()}/lake`, endpoint, region, credentials };
  direct = new S3Lake(location);
  await direct.create();
});

afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.stop();
});

afterAll(async () => {
  direct?.close();
  await seaweed?.stop();
});

async function behindProxy(options: ProxyOptions, url = location.url) {
  const proxy = await startFaultyProxy(seaweed.endpoint, options);
  proxies.push(proxy);
  return { proxy, lake: new S3Lake({ ...location, url, endpoint: proxy.endpoint }, patience) };
}

const inTurn = (...faults: Fault[]) => behindProxy({ fault: faultsInTurn(...faults) });

describe('a conditional write', () => {
  test('whose answer was lost says created: false, and its own bytes are found when read back', async () => {
    const { lake } = await inTurn('lose-answer');
    expect(await lake.putIfAbsent('log/1', Buffer.from('mine'))).toEqual({ created: false });
    expect(String(await lake.get('log/1'))).toBe('mine');
  });

  test('whose answers are all lost still says created: false', async () => {
    const { lake, proxy } = await behindProxy({ fault: () => 'lose-answer' });
    expect(await lake.putIfAbsent('log/2', Buffer.from('mine'))).toEqual({ created: false });
    expect(String(await direct.get('log/2'))).toBe('mine');
    expect(proxy.seen).toHaveLength(patience.attempts);
  });

  test('that nobody answers in time says created: false', async () => {
    const { lake } = await behindProxy({ fault: () => 'stall' });
    expect(await lake.putIfAbsent('log/3', Buffer.from('mine'))).toEqual({ created: false });
    expect(await direct.get('log/3')).toBeUndefined();
  });

  test('that a busy store turned away is tried again and wins', async () => {
    const { lake } = await inTurn('busy', 'busy');
    expect(await lake.putIfAbsent('log/4', Buffer.from('mine'))).toEqual({ created: true });
  });

  test('that was never sent is a failure', async () => {
    const lake = new S3Lake({ ...location, endpoint: 'http://127.0.0.1:9' }, patience);
    await expect(lake.putIfAbsent('log/5', Buffer.of(1))).rejects.toMatchObject({ code: 'lake-unreachable' });
  });
});

describe('a read', () => {
  const body = randomBytes(1_000_000);
  beforeAll(() => direct.put('packs/read', body));

  test.each<Fault>(['busy', 'refuse-connection', 'stall', 'lose-answer', 'cut-body', 'stall-body'])(
    'that meets %s is tried again and gives the right bytes',
    async (fault) => {
      const { lake, proxy } = await inTurn(fault, fault);
      expect(sha256(await lake.get('packs/read'))).toBe(sha256(body));
      expect(proxy.seen).toHaveLength(3);
    },
  );

  test('of a range that is cut is tried again and gives the right bytes', async () => {
    const { lake } = await inTurn('cut-body');
    const part = await lake.get('packs/read', { range: { offset: 1000, length: 500_000 } });
    expect(sha256(part)).toBe(sha256(body.subarray(1000, 501_000)));
  });

  test('that is always cut short ends in a clear failure, never in short data', async () => {
    const { lake } = await behindProxy({ fault: () => 'cut-body' });
    await expect(lake.get('packs/read')).rejects.toMatchObject({ code: 'lake-unreachable' });
  });

  test('from a store that ignores ranges is refused', async () => {
    await direct.put('packs/read', body);
    const url = `s3://${openBucket}/ranges`;
    await new S3Lake({ ...location, url }).create();
    const { lake } = await behindProxy({ strip: ['range', 'authorization', 'x-amz-content-sha256'] }, url);
    await lake.put('one', body);
    await expect(lake.get('one', { range: { offset: 10, length: 20 } })).rejects.toMatchObject({
      code: 'lake-unsafe',
    });
  });

  test('that stalls can be cancelled at once', async () => {
    const { lake } = await behindProxy({ fault: () => 'stall' });
    const begun = performance.now();
    const reading = lake.get('packs/read', { signal: AbortSignal.timeout(100) });
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});

test('a store that ignores If-None-Match is refused by the probe, in plain words', async () => {
  const url = `s3://${openBucket}/unsafe`;
  await new S3Lake({ ...location, url }).create();
  const strip = ['if-none-match', 'authorization', 'x-amz-content-sha256'];
  const { lake } = await behindProxy({ strip }, url);
  await expect(probeConditionalWrites(lake)).rejects.toMatchObject({
    code: 'lake-unsafe',
    message: expect.stringContaining('ignores conditional writes'),
  });
});

test('the probe accepts a good store behind a bad network', async () => {
  const { lake } = await behindProxy({
    fault: seededFaults(7, 0.2, ['busy', 'refuse-connection', 'cut-body']),
  });
  await probeConditionalWrites(lake);
});

describe('by seed, with three of ten requests going wrong', () => {
  const faults: Fault[] = [
    'busy',
    'refuse-connection',
    'stall',
    'lose-answer',
    'cut-body',
    'stall-body',
    'slow',
  ];

  test.each([1, 2, 3, 4])('everything is right or a clear failure (seed %i)', async (seed) => {
    const { lake } = await behindProxy({ fault: seededFaults(seed, 0.3, faults) });
    const outcome = async <T>(operation: Promise<T>) => {
      try {
        return { value: await operation };
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(ForebayError);
        expect((thrown as ForebayError).code).toBe('lake-unreachable');
        return undefined;
      }
    };
    const objects = await Promise.all(
      Array.from({ length: 12 }, async (_, at) => {
        const body = randomBytes(1000 * (at + 1) ** 2);
        const key = `seed${seed}/packs/${at}`;
        const put = await outcome(lake.put(key, body));
        if (put) expect(sha256(await direct.get(key))).toBe(sha256(body));
        const got = await outcome(lake.get(key, { range: { offset: 5, length: 990 } }));
        if (put && got) expect(sha256(got.value)).toBe(sha256(body.subarray(5, 995)));
        return put;
      }),
    );
    expect(objects.filter(Boolean).length).toBeGreaterThan(6);
    for (let record = 0; record < 4; record++) {
      const key = `seed${seed}/log/${record}`;
      const bodies = [Buffer.from('first'), Buffer.from('second')];
      const answers = await Promise.all(bodies.map((body) => outcome(lake.putIfAbsent(key, body))));
      const winners = bodies.filter((_, at) => answers[at]?.value.created);
      const kept = await direct.get(key);
      expect(winners.length).toBeLessThanOrEqual(1);
      if (winners[0]) expect(String(kept)).toBe(String(winners[0]));
    }
  });
});
