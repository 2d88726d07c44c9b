import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openLake } from '../../core/src/lake/open.ts';
import { smallExt4 } from '../cache/smallDisk.ts';
import { type Home, node, outcome } from '../support/home.ts';
import { startFaultyProxy } from '../support/network/faultyProxy.ts';
import { openBucket, startSeaweed } from '../support/servers/seaweed.ts';
import { refusal, source, sourceHome, withMnist, write } from './support.ts';

let home: Home;
beforeEach(async () => {
  home = await sourceHome();
});
afterEach(() => home.remove());

const nobody = 65_534;

/** The command as somebody whom permissions bind. */
async function asNobody(...args: string[]) {
  const bound = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  const options = { cwd: home.folder, env: home.env, ...bound };
  const ran = await outcome(spawn(node, [source, ...args, '--json'], options));
  return { code: ran.code, stderr: ran.stderr, said: JSON.parse(ran.stdout) };
}

describe('what permissions keep from you', () => {
  beforeEach(async () => {
    await write(home.path('work'), { 'a.txt': 'A', 'secret/b.txt': 'B' });
    if (process.getuid?.() !== 0) return;
    for (const path of ['', 'run', 'work', 'work/a.txt', 'work/secret', 'work/secret/b.txt']) {
      chownSync(home.path(path), nobody, nobody);
    }
  });

  test.each([
    ['a folder', 'secret', /^"secret" can't be read: you may not read it\.$/],
    ['a file', 'secret/b.txt', /^The file "secret\/b.txt" can't be read: you may not read it\.$/],
    ['the working copy itself', '.', /can't be read: you may not read it\.$/],
  ])('%s is named, and read once it may be', async (_, path, message) => {
    expect((await asNobody('-C', 'work', 'data', 'init', 'mnist')).code).toBe(0);
    chmodSync(home.path('work', path), 0);
    const refused = await asNobody('-C', 'work', 'data', 'sync');
    chmodSync(home.path('work', path), 0o755);
    expect(refused).toMatchObject({
      code: 1,
      stderr: '',
      said: {
        error: {
          code: 'file-unreadable',
          message: expect.stringMatching(message),
          hint: expect.stringContaining('ermissions'),
        },
      },
    });
    expect((await asNobody('-C', 'work', 'data', 'sync')).said).toMatchObject({ version: 1, files: 2 });
    await asNobody('down');
  });
});

/** Writes to the end of `file` again and again, until it is killed. */
async function endlessAppender(file: string): Promise<ChildProcess> {
  const script = `const fs = require('node:fs'); const file = fs.openSync(process.argv[1], 'a');
    setInterval(() => fs.writeSync(file, 'more\\n'), 1);`;
  const child = spawn(node, ['-e', script, file], { stdio: 'ignore' });
  const size = readFileSync(file).length;
  while (readFileSync(file).length === size) await delay(10);
  return child;
}

test('a file that somebody keeps writing to is named; once they end, it is synced as it is', async () => {
  await withMnist(home);
  const file = home.path('work', 'restless.log');
  writeFileSync(file, Buffer.alloc(50_000_000, 'x'));
  const writer = await endlessAppender(file);
  const refused = await refusal(home, ['-C', 'work', 'data', 'sync']);
  writer.kill('SIGKILL');
  await once(writer, 'exit');
  expect(refused).toMatchObject({ code: 'file-changed', exit: 1 });
  expect(refused.said).toMatch(/restless\.log.* changed again and again while being read\.\nSync again once/);
  expect(await home.json<unknown[]>('data', 'log', 'mnist')).toHaveLength(1);
  await home.json('-C', 'work', 'data', 'sync');
  await home.json('data', 'clone', 'mnist', 'again');
  expect(readFileSync(home.path('again', 'restless.log')).equals(readFileSync(file))).toBe(true);
});

test('a store that ignores conditional writes is never a lake', async () => {
  const seaweed = await startSeaweed();
  const strip = ['if-none-match', 'authorization', 'x-amz-content-sha256'];
  const proxy = await startFaultyProxy(seaweed.endpoint, { strip });
  try {
    const url = `s3://${openBucket}/unsafe`;
    const { endpoint, region, credentials } = seaweed;
    const direct = openLake({ url, endpoint, region, credentials });
    await direct.create();
    const env = { ...seaweed.env, AWS_ENDPOINT_URL_S3: proxy.endpoint };
    const ran = await outcome(home.spawn(['up', '--lake', url], { env }));
    expect([ran.code, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toMatch(
      /^forebay: The store of the lake .* ignores conditional writes: .*\n.*(another|other|Use|Choose)/,
    );
    expect(await direct.get('forebay.json')).toBeUndefined();
    await direct.close();
  } finally {
    await proxy.stop();
    await seaweed.stop();
  }
});

test('a cache out of inodes refuses before the first byte', async () => {
  const disk = smallExt4(16_000_000, 64);
  try {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`f${i}`, `${i}`]));
    await write(home.path('many'), many);
    await home.json('-C', 'many', 'data', 'init', 'many');
    await home.json('-C', 'many', 'data', 'sync');
    await home.json('cache-store', 'attach', 'small', `${disk.path}/cache`, '--capacity', '10MB');
    const refused = await refusal(home, ['cache', 'add', 'many', '--on', 'small']);
    expect(refused).toMatchObject({ code: 'no-space', exit: 1 });
    expect(refused.said).toMatch(/needs \d+ files and folders.*room for \d+ more.*inodes.*\nRemove files/);
    expect(await readdir(`${disk.path}/cache/datasets`)).toEqual([]);
    await home.run('down');
  } finally {
    disk.unmount();
  }
});

test('a lake that uses a feature of a later Forebay is not opened', async () => {
  await withMnist(home);
  await home.run('down');
  const catalog = home.path('home', 'lake', 'catalog');
  const first = JSON.parse(readFileSync(`${catalog}/0000000001.json`, 'utf8'));
  const record = { ...first, kind: 'feature', feature: 'encryption' };
  writeFileSync(`${catalog}/0000000002.json`, JSON.stringify(record));
  const before = await readdir(home.path('home', 'lake'), { recursive: true });
  const refused = await refusal(home, ['-C', 'work', 'data', 'sync']);
  expect(refused).toMatchObject({ code: 'lake-feature', exit: 1 });
  expect(refused.said).toMatch(/This lake uses .*encryption.*\nUpdate Forebay\.\n/);
  expect(await readdir(home.path('home', 'lake'), { recursive: true })).toEqual(before);
  mkdirSync(home.path('other'));
  expect((await refusal(home, ['-C', 'other', 'data', 'init', 'other'])).code).toBe('lake-feature');
});
