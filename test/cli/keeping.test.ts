import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Home, node, outcome } from '../support/home.ts';
import { refusal, source, sourceHome } from './support.ts';

let home: Home;
beforeEach(async () => {
  home = await sourceHome();
  await home.json('cache-store', 'attach', 'tiny', 'tiny', '--capacity', '5MB', '--inodes', '1000');
  for (const name of ['a', 'b', 'c']) {
    const work = home.path(name);
    await mkdir(work);
    await writeFile(join(work, 'x.bin'), randomBytes(2_000_000));
    await home.json('-C', work, 'data', 'init', name);
    await home.json('-C', work, 'data', 'sync');
  }
});
afterEach(() => home.remove());

const cached = async () => {
  const all = await home.json<Array<{ dataset: string }>>('cache', 'ls');
  return all.map((each) => each.dataset).sort();
};

test('pins keep a version, and say so', async () => {
  await home.json('cache', 'add', 'a', '--on', 'tiny');
  const absent = await refusal(home, ['cache', 'pin', 'b', '--on', 'tiny']);
  expect(absent).toMatchObject({ code: 'not-cached', exit: 1 });
  expect(await home.json('cache', 'pin', 'a')).toMatchObject([{ dataset: 'a', pinned: true, expires: null }]);
  expect((await home.run('cache', 'ls')).stdout).toMatch(/a@v1 .* pinned/);
  const refused = await refusal(home, ['cache', 'rm', 'a']);
  expect(refused).toMatchObject({ code: 'in-use', hint: "Unpin it with 'forebay cache unpin a@v1'." });
  expect((await home.run('cache', 'unpin', 'a')).stdout).toBe('a@v1 is no longer pinned on tiny.\n');
  await home.json('cache', 'rm', 'a');
});

test('a part is pinned as itself', async () => {
  const work = home.path('a');
  await writeFile(join(work, 'y.txt'), 'text');
  await home.json('-C', work, 'data', 'sync');
  const part = ['a', '--include', '*.txt'];
  const dry = await home.run('cache', 'add', ...part, '--on', 'tiny', '--dry-run');
  expect(dry.stdout).toMatch(/^a@v2 \(part: \*\.txt\) on tiny\n/);
  await home.json('cache', 'add', ...part, '--on', 'tiny');
  await home.json('cache', 'add', 'a', '--on', 'tiny');
  const pinned = await home.run('cache', 'pin', ...part);
  expect(pinned.stdout).toBe('a@v2 (part: *.txt) stays on tiny.\n');
  const refused = await refusal(home, ['cache', 'rm', ...part]);
  expect(refused).toMatchObject({
    code: 'in-use',
    hint: expect.stringContaining('cache unpin a@v2 --include'),
  });
  expect((await home.run('cache', 'history')).stdout).toContain('a@v2 (part: *.txt)');
  await home.json('cache', 'rm', 'a@v2');
});

test('an add says what it pushes out and why; a dry run does nothing', async () => {
  await home.json('mount', 'a', '--on', 'tiny');
  await home.json('unmount', 'a');
  await home.json('cache', 'add', 'b', '--on', 'tiny');
  const dry = await home.run('cache', 'add', 'c', '--on', 'tiny', '--dry-run');
  expect([dry.code, dry.stderr]).toEqual([0, '']);
  expect(dry.stdout).toMatch(
    /^c@v1 on tiny\nTakes at most +2\.\d MB \(free: \d+ kB\)\nInodes .*\nTime .*\nPushes out\n +VERSION +SIZE +WHY\n +a@v1 +2\.\d MB +used once in the last week, .* to bring back\n$/,
  );
  expect(await home.json('cache', 'add', 'c', '--on', 'tiny', '--dry-run')).toMatchObject({
    evict: [{ dataset: 'a' }],
    problem: null,
  });
  expect(await cached()).toEqual(['a', 'b']);
  const added = await home.run('cache', 'add', 'c', '--on', 'tiny');
  expect(added.code).toBe(0);
  expect(added.stderr).toMatch(/^To make room for c@v1, tiny clears:\n.*\n +a@v1 /);
  expect(await cached()).toEqual(['b', 'c']);
  const history = await home.json<object[]>('cache', 'history', '--last', '2');
  expect(history).toMatchObject([
    { kind: 'fill', dataset: 'c', reason: 'person' },
    { kind: 'eviction', dataset: 'a', reason: 'pressure', for: 'c@v1' },
  ]);
  expect((await home.run('cache', 'history')).stdout).toMatch(/cleared +a@v1 +tiny .* made room for c@v1\n/);
});

test('what does not fit is said by the dry run too, with exit code 1', async () => {
  for (const name of ['a', 'b']) {
    await home.json('cache', 'add', name, '--on', 'tiny');
    await home.json('cache', 'pin', name);
  }
  const dry = await home.run('cache', 'add', 'c', '--on', 'tiny', '--dry-run');
  expect(dry.code).toBe(1);
  expect(dry.stdout).toMatch(/c@v1 needs 2\.\d MB and 'tiny' has .* free of 5\.0 MB\..*pinned/);
});

/** On a terminal of its own, as util-linux' script(1) makes one; `key` is pressed once something is asked. */
async function onTerminal(args: string[], key = ''): Promise<string> {
  const command = [node, source, ...args].join(' ');
  const child = spawn('script', ['-qec', `${command}; echo exit=$?`, '/dev/null'], {
    cwd: home.folder,
    env: home.env,
  });
  const timer = setTimeout(() => child.kill(), 60_000);
  child.stdout.on('data', (text: Buffer) => {
    if (text.toString().includes('[Y/n]')) child.stdin.write(key);
  });
  const { stdout } = await outcome(child);
  clearTimeout(timer);
  return stdout;
}

test('on a terminal one key decides', async () => {
  await home.json('cache', 'add', 'a', '--on', 'tiny');
  await home.json('cache', 'add', 'b', '--on', 'tiny');
  const refused = await onTerminal(['cache', 'add', 'c', '--on', 'tiny'], 'n');
  expect(refused).toMatch(
    /The lake still holds them\. Go on\? \[Y\/n\] n[\s\S]*Nothing was changed\.[\s\S]*exit=1/,
  );
  expect(await cached()).toEqual(['a', 'b']);
  const added = await onTerminal(['cache', 'add', 'c', '--on', 'tiny', '--yes']);
  expect(added).toMatch(/c@v1 is ready[\s\S]*exit=0/);
  expect(await cached()).toEqual(['b', 'c']);
});

test('stats and scrubbing are told and set', async () => {
  await home.json('cache', 'add', 'a', '--on', 'tiny');
  const stats = await home.run('cache', 'stats');
  expect(stats.stdout).toMatch(
    /^tiny\n +Room +2\.\d MB of 5\.0 MB used, 3\.\d MB free\n +Inodes +\d+ of 1,000 used/,
  );
  expect(stats.stdout).toMatch(
    /Ages out +a@v1 \(2\.\d MB\) in (23 h|1 d)\n +For room +a@v1 \(2\.\d MB\): used once/,
  );
  expect(await home.json('cache', 'stats')).toMatchObject([
    { cache: 'tiny', capacity: 5_000_000, inodeCapacity: 1000, misses: 1, fills: { person: 1 } },
  ]);
  expect(await home.json('cache', 'scrub', 'tiny', '--every', '7d', '--rate', '20MB')).toMatchObject([
    { cache: 'tiny', everySeconds: 604_800, bytesPerSecond: 20_000_000 },
  ]);
  expect((await home.run('cache', 'scrub')).stdout).toMatch(/tiny +7 d +20\.0 MB\/s/);
  expect(await refusal(home, ['cache', 'scrub', 'nope', '--every', 'off'])).toMatchObject({
    code: 'cache-unknown',
  });
});
