import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { LakeLocation } from '../../core/src/lake/location.ts';
import { openLake } from '../../core/src/lake/open.ts';
import { S3Lake } from '../../core/src/lake/s3/s3Lake.ts';
import { startFaultyProxy } from '../support/network/faultyProxy.ts';
import { freePort } from '../support/servers/ports.ts';
import { type Seaweed, startSeaweed } from '../support/servers/seaweed.ts';

const patience = { attempts: 3, firstPause: 10, longestPause: 50, stall: 1000 };

let seaweed: Seaweed;
let location: LakeLocation;

beforeAll(async () => {
  seaweed = await startSeaweed();
  const { endpoint, region, credentials } = seaweed;
  location = { url: `s3://${seaweed.bucket()}`, endpoint, region, credentials };
  await openLake(location).create();
});

afterEach(() => vi.unstubAllEnvs());
afterAll(() => seaweed?.stop());

/** Nothing of this machine's own set-up. */
function emptyEnvironment() {
  for (const name of Object.keys(process.env)) {
    if (/^(AWS_|https?_proxy|no_proxy|all_proxy)/i.test(name)) vi.stubEnv(name, undefined);
  }
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
  vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
}

test('a wrong secret is told with what S3 said and where the credentials came from', async () => {
  const credentials = { ...seaweed.credentials, secretAccessKey: 'wrong' };
  await expect(openLake({ ...location, credentials }).get('forebay.json')).rejects.toMatchObject({
    code: 'lake-denied',
    message: expect.stringMatching(
      /^The lake s3:\/\/forebay-\w+ refuses access \(S3 said: SignatureDoesNotMatch: The request signature we calculated .*\)\.$/,
    ),
    hint: expect.stringMatching(
      /^Forebay was given the access key forebay-test\. Check that it is right and may read and write forebay-\w+\.$/,
    ),
  });
});

test('an unknown access key of the environment is named', async () => {
  emptyEnvironment();
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKSTRANGER');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
  const { credentials, ...plain } = location;
  for (const attempt of [
    () => openLake(plain).get('forebay.json'),
    () => openLake(plain).head('forebay.json'),
    () => openLake(plain).put('forebay.json', Buffer.of(1)),
    () => openLake(plain).putIfAbsent('forebay.json', Buffer.of(1)),
  ]) {
    await expect(attempt()).rejects.toMatchObject({
      code: 'lake-denied',
      hint: expect.stringContaining(
        'The access key AKSTRANGER comes from AWS_ACCESS_KEY_ID in the environment.',
      ),
    });
  }
});

test('no credentials at all is told with what to set', async () => {
  emptyEnvironment();
  const { credentials, ...plain } = location;
  await expect(openLake(plain).get('forebay.json')).rejects.toMatchObject({
    code: 'lake-denied',
    message: expect.stringMatching(/^No credentials for the lake s3:\/\/forebay-\w+ were found \(.*\)\.$/),
    hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile in ~/.aws/credentials with AWS_PROFILE.',
  });
});

test('credentials, region and endpoint of the environment are enough', async () => {
  emptyEnvironment();
  for (const [name, value] of Object.entries(seaweed.env)) vi.stubEnv(name, value);
  const lake = openLake({ url: location.url });
  await lake.put('from-environment', Buffer.from('x'));
  expect(await lake.head('from-environment')).toBe(1);
});

test('without any region one is assumed', async () => {
  emptyEnvironment();
  const { region, ...plain } = location;
  expect(await openLake(plain).get('absent')).toBeUndefined();
});

test('an endpoint where nobody listens is named', async () => {
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  const lake = new S3Lake({ ...location, endpoint }, patience);
  for (const attempt of [
    () => lake.get('forebay.json'),
    () => lake.head('forebay.json'),
    () => lake.put('forebay.json', Buffer.of(1)),
    () => lake.putIfAbsent('forebay.json', Buffer.of(1)),
    () => lake.create(),
    () => lake.delete('forebay.json'),
    () => lake.list('')[Symbol.asyncIterator]().next(),
  ]) {
    await expect(attempt()).rejects.toMatchObject({
      code: 'lake-unreachable',
      message: `The lake ${location.url} cannot be reached at ${endpoint} (connection refused).`,
      hint: 'Is the endpoint right (AWS_ENDPOINT_URL_S3), the store up, and the network or VPN connected?',
    });
  }
});

test('a host that does not exist is named', async () => {
  emptyEnvironment();
  const lake = new S3Lake({ ...location, endpoint: 'http://s3.forebay.invalid' }, patience);
  await expect(lake.get('forebay.json')).rejects.toMatchObject({
    code: 'lake-unreachable',
    message: expect.stringMatching(
      / cannot be reached at http:\/\/s3\.forebay\.invalid \((no such host|its name .*)\)\.$/,
    ),
  });
});

test('https to a port that speaks http is explained', async () => {
  const endpoint = seaweed.endpoint.replace('http:', 'https:');
  await expect(new S3Lake({ ...location, endpoint }, patience).get('forebay.json')).rejects.toMatchObject({
    code: 'lake-unreachable',
    hint: 'Does the endpoint speak http rather than https, or the other way round?',
  });
});

test('a missing bucket is told with the command that makes it, and that command makes it', async () => {
  const url = `s3://${seaweed.bucket()}/lake`;
  const lake = openLake({ ...location, url });
  await expect(lake.get('forebay.json')).rejects.toMatchObject({
    code: 'lake-missing',
    message: `There is no bucket ${url.split('/')[2]} at ${seaweed.endpoint}.`,
    hint: `Check the name, or make it: forebay up --lake ${url}`,
  });
  await lake.create();
  expect(await lake.get('forebay.json')).toBeUndefined();
});

test('a proxy of the environment is not asked for what is on this machine', async () => {
  const nobody = `http://127.0.0.1:${await freePort()}`;
  for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY']) vi.stubEnv(name, nobody);
  vi.stubEnv('NO_PROXY', undefined);
  vi.stubEnv('no_proxy', undefined);
  const body = randomBytes(1000);
  const lake = openLake(location);
  await lake.put('by-loopback', body);
  expect(body.equals((await lake.get('by-loopback')) ?? Buffer.of())).toBe(true);
});

test('a proxy of the environment is asked for what is elsewhere', async () => {
  emptyEnvironment();
  const proxy = await startFaultyProxy(seaweed.endpoint, {});
  vi.stubEnv('HTTP_PROXY', proxy.endpoint);
  const lake = openLake({ ...location, endpoint: 'http://s3.forebay.invalid' });
  await lake.put('by-proxy', Buffer.from('x'));
  expect(await openLake(location).head('by-proxy')).toBe(1);
  expect(proxy.seen).toContain(`PUT /${location.url.slice('s3://'.length)}/by-proxy`);
  lake.close();
  await proxy.stop();
});
