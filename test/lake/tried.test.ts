import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createPlainServer } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LakeTest } from '../../core/src/api/schemas.ts';
import { testLake } from '../../core/src/hub/lake/testLake.ts';
import type { LakeLocation } from '../../core/src/lake/location.ts';
import { openLake } from '../../core/src/lake/open.ts';
import { type Seaweed, startSeaweed } from '../support/servers/seaweed.ts';

let store: Seaweed;
beforeAll(async () => {
  store = await startSeaweed();
});
afterAll(() => store?.stop());

const at = (bucket: string, more: Partial<LakeLocation> = {}): LakeLocation => ({
  url: `s3://${bucket}/lake`,
  endpoint: store.endpoint,
  region: store.region,
  credentials: store.credentials,
  ...more,
});
const sentences = ({ checks }: LakeTest) =>
  checks.map(({ says, hint }) => `${says} ${hint ?? ''}`).join('\n');

test('a bucket that works is said to, with times, and is left as it was', async () => {
  const location = at(store.bucket());
  const lake = openLake(location);
  await lake.create();
  const tested = await testLake(location);
  expect(tested).toMatchObject({ ok: true, kind: 'bucket', holds: 'nothing', datasets: null });
  expect(tested.checks.map(({ outcome }) => outcome)).not.toContain('failed');
  expect(tested.checks.find(({ name }) => name === 'Write')?.seconds).toBeGreaterThan(0);
  for await (const { key } of lake.list('')) expect.fail(`${key} was left`);
  lake.close();
});

test('a wrong bucket is named, and can be made', async () => {
  const tested = await testLake(at('forebay-mistyped'));
  expect(tested).toMatchObject({ ok: false, holds: 'missing' });
  expect(sentences(tested)).toMatch(
    /There is no bucket forebay-mistyped at http.*Check its name and the endpoint/,
  );
});

test('wrong keys are refused with the key that was given', async () => {
  const bucket = store.bucket();
  const lake = openLake(at(bucket));
  await lake.create();
  lake.close();
  const credentials = { ...store.credentials, secretAccessKey: 'wrong' };
  const tested = await testLake(at(bucket, { credentials }));
  expect(tested).toMatchObject({ ok: false, holds: 'unknown' });
  expect(sentences(tested)).toMatch(new RegExp(`refuses access.*${credentials.accessKeyId}`));
});

test('an endpoint that nobody answers at is said within seconds', async () => {
  const begun = performance.now();
  const tested = await testLake(at('forebay-x', { endpoint: 'http://127.0.0.1:9' }));
  expect(sentences(tested)).toMatch(/cannot be reached at http:\/\/127\.0\.0\.1:9 \(connection refused\)/);
  expect(performance.now() - begun).toBeLessThan(10_000);
});

test('a certificate that signed itself is told with the setting that trusts it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'forebay-tls-'));
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'];
  execFileSync('openssl', [...request, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) });
  rmSync(folder, { recursive: true });
  const tested = await testLake(at('forebay-x', { endpoint: `https://127.0.0.1:${await listen(server)}` }));
  server.close();
  expect(sentences(tested)).toMatch(/signed its TLS certificate itself.*NODE_EXTRA_CA_CERTS/);
});

test('a clock that a store refuses is told to be set', async () => {
  const server = createPlainServer((_, answer) => {
    answer.writeHead(403, { 'Content-Type': 'application/xml' });
    answer.end('<Error><Code>RequestTimeTooSkewed</Code><Message>Too large.</Message></Error>');
  });
  const tested = await testLake(at('forebay-x', { endpoint: `http://127.0.0.1:${await listen(server)}` }));
  server.close();
  expect(sentences(tested)).toMatch(/Set this machine's clock right: it is more than 15 minutes/);
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return (server.address() as AddressInfo).port;
}

test.each([[], ['notes.txt']])(
  'a folder with %j in it is left as it was, and found so again',
  async (...files) => {
    const folder = mkdtempSync(join(tmpdir(), 'forebay-tried-'));
    for (const name of files) writeFileSync(join(folder, name), '');
    try {
      const first = await testLake({ url: folder });
      expect(first).toMatchObject({ ok: true, kind: 'folder', holds: 'nothing' });
      expect(readdirSync(folder)).toEqual(files);
      const again = await testLake({ url: folder });
      expect(again.checks.map(({ says }) => says)).toEqual(first.checks.map(({ says }) => says));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
