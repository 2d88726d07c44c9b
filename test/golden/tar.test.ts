import { execFile } from 'node:child_process';
import { hash, randomBytes } from 'node:crypto';
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRepository } from '../../core/src/dataset/repository.ts';
import { initWorkingCopy, syncFolder } from '../../core/src/dataset/sync.ts';
import { openLake } from '../../core/src/lake/open.ts';
import { fingerprint } from '../support/data/tree.ts';
import { toolsVenv } from '../support/python/venv.ts';

/** Path -> size in bytes. */
const files: Record<string, number> = {
  'plain.bin': 700,
  'one byte': 1,
  'one block': 512,
  'a block and a byte': 513,
  'with space/and more': 10,
  'it\'s "quoted"': 10,
  'new\nline': 10,
  'tab\tand \\ back\\slash': 10,
  '\u0007bell': 10,
  '-n': 10,
  '*?[glob]': 10,
  '...': 10,
  ' leading and trailing ': 10,
  '%s%n$(true)`true`': 10,
  'path=not a header': 10,
  'é/composed': 10,
  'e\u0301/decomposed': 10,
  '\uffee last of the plane': 10,
  '😀 beyond it': 10,
  '\u202eright to left': 10,
  [`exactly/${'a'.repeat(92)}`]: 10,
  [`${'p'.repeat(155)}/${'n'.repeat(100)}`]: 10,
  [`${'p'.repeat(156)}/${'n'.repeat(100)}`]: 10,
  [`${'p'.repeat(154)}/${'n'.repeat(101)}`]: 10,
  [`long/${'x'.repeat(250)}/${'y'.repeat(250)}/${'z'.repeat(250)}`]: 10,
  [`${'é'.repeat(60)}/${'😀'.repeat(60)}`]: 10,
  'many blocks.bin': 3_000_000,
};
const executable = 'with space/and more';

let folder: string;
let work: string;
let packs: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forebay-tar-'));
  work = join(folder, 'work');
  for (const [path, size] of Object.entries(files)) {
    await mkdir(dirname(join(work, path)), { recursive: true });
    // Random bytes: nothing shrinks them, so each lies in a pack as a plain file.
    await writeFile(join(work, path), randomBytes(size));
    await utimes(join(work, path), 1_700_000_000.5, 1_700_000_000.25);
  }
  await chmod(join(work, executable), 0o755);
  await utimes(join(work, 'one byte'), 0, new Date(-1_000_000));
  await utimes(join(work, 'one block'), 0, 946_684_799.999);
  // Neither has bytes to lie in a pack: both stand in the manifest alone.
  await writeFile(join(work, 'empty'), '');
  await symlink('plain.bin', join(work, 'link'));

  const lake = openLake({ url: join(folder, 'lake') });
  const { id: lakeId } = await openRepository(lake, { create: true });
  await initWorkingCopy({ lake, lakeId, folder: work, name: 'odd', author: 'ann' });
  const control = { signal: new AbortController().signal, report: () => undefined };
  const made = await syncFolder(
    { lake, lakeId, folder: work, message: '', author: 'ann', replace: false },
    control,
  );
  expect(made.files).toBe(Object.keys(files).length + 1);
  const all = await readdir(join(folder, 'lake'), { recursive: true });
  packs = all.filter((name) => /\/packs\/.*\.tar$/.test(name)).map((name) => join(folder, 'lake', name));
  expect(packs.length).toBeGreaterThan(0);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const run = promisify(execFile);

test("Python's tarfile reads every file of every pack: name, content, mode and time", async () => {
  const { python } = await toolsVenv('zstandard', ['zstandard==0.25.0']);
  const script = `
import hashlib, json, sys, tarfile
for pack in sys.argv[1:]:
    with tarfile.open(pack, "r:") as archive:
        for member in archive:
            assert member.isfile(), member.name
            content = archive.extractfile(member).read()
            print(json.dumps([member.name, len(content), hashlib.sha256(content).hexdigest(), member.mode, member.mtime]))`;
  const { stdout } = await run(python, ['-c', script, ...packs]);
  const found = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as [string, ...unknown[]]);
  const expected = await Promise.all(
    Object.keys(files).map(async (path) => {
      const content = await readFile(join(work, path));
      const { mtimeMs } = await stat(join(work, path));
      const mode = path === executable ? 0o755 : 0o644;
      // A tar's time is whole seconds from 1970 on.
      return [path, content.length, hash('sha256', content), mode, Math.max(0, Math.floor(mtimeMs / 1000))];
    }),
  );
  expect(new Map(found.map((line) => [line[0], line]))).toEqual(
    new Map(expected.map((line) => [line[0], line])),
  );
  expect(found).toHaveLength(expected.length);
});

test('plain tar unpacks all that has bytes without a word of complaint', async () => {
  const out = join(folder, 'out');
  await mkdir(out);
  for (const pack of packs) {
    const { stdout, stderr } = await run('tar', ['xf', pack, '-C', out]);
    expect([stdout, stderr]).toEqual(['', '']);
  }
  const inPacks = (await fingerprint(work)).filter((line) => !/^(link|empty) /.test(line));
  expect(await fingerprint(out)).toEqual(inPacks);
});
