import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ForebayError } from '../../api/errors.ts';
import { programVersion } from '../../api/version.ts';
import { type EnsureOptions, ensureDaemon } from './ensureDaemon.ts';
import { findDaemon } from './findDaemon.ts';
import { hasEnded } from './hasEnded.ts';
import { problemLine } from './log.ts';

let folder: string;
let options: EnsureOptions;
const started = new Set<number>();

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fb-launch-'));
  options = {
    home: path.join(folder, 'home'),
    env: { PATH: process.env.PATH, XDG_RUNTIME_DIR: folder },
    bundle: bundle('daemon', programVersion, 1),
  };
});

afterEach(async () => {
  for (const pid of started) stop(pid);
  started.clear();
  const left = await findDaemon(options);
  if (left) stop(left.hello.pid);
  fs.rmSync(folder, { recursive: true });
});

function stop(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended already.
  }
}

/** The least that counts as a daemon: says hello, ends on handover. It notes each start in a file. */
function bundle(name: string, version: string, api: number): string {
  const file = path.join(folder, name, 'forebay.mjs');
  fs.mkdirSync(path.dirname(file));
  fs.writeFileSync(
    file,
    `import fs from 'node:fs'; import http from 'node:http'; import path from 'node:path';
    import { createHash } from 'node:crypto';
    const home = process.env.FOREBAY_HOME;
    fs.appendFileSync(home + '/starts', process.pid + ' ' + process.argv[1] + ' ' + process.cwd() + '\\n');
    const hash = createHash('sha256').update(fs.realpathSync(home)).digest('hex').slice(0, 12);
    const socket = path.join(process.env.XDG_RUNTIME_DIR, 'forebay-' + process.getuid(), hash, 'daemon.sock');
    fs.rmSync(socket, { force: true });
    http.createServer((request, response) => {
      if (request.url === '/api/handover') { response.writeHead(202).end(); setTimeout(() => process.exit(), 100); return; }
      response.end(JSON.stringify({ version: '${version}', apiMin: ${api}, apiMax: ${api}, schema: 1, bundle: '', pid: process.pid }));
    }).listen(socket);`,
  );
  return file;
}

const starts = () =>
  fs
    .readFileSync(path.join(folder, 'home', 'starts'), 'utf8')
    .trim()
    .split('\n');

async function ensure(more: Partial<EnsureOptions> = {}) {
  const daemon = await ensureDaemon({ ...options, ...more });
  started.add(daemon.hello.pid);
  return daemon;
}

describe('ensureDaemon', () => {
  test('starts one daemon however many ask at once, in a session of its own', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => ensure()));
    expect(new Set(all.map((each) => each.hello.pid)).size).toBe(1);
    expect(all.filter((each) => each.started)).toHaveLength(1);
    expect(starts()).toHaveLength(1);
    const stat = fs.readFileSync(`/proc/${all[0]?.hello.pid}/stat`, 'utf8');
    expect(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[3]).toBe(String(all[0]?.hello.pid));
  });

  test('starts one also among processes', async () => {
    const script = `import { ensureDaemon } from ${JSON.stringify(new URL('./ensureDaemon.ts', import.meta.url).href)};
      const { hello } = await ensureDaemon(${JSON.stringify(options)}); console.log(hello.pid);`;
    const run = () =>
      new Promise<string>((resolve) => {
        const child = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script]);
        let out = '';
        child.stdout.on('data', (chunk) => {
          out += chunk;
        });
        child.on('close', () => resolve(out.trim()));
      });
    const pids = await Promise.all([run(), run(), run()]);
    started.add(Number(pids[0]));
    expect(pids[0]).toMatch(/^\d+$/);
    expect(new Set(pids).size).toBe(1);
    expect(starts()).toHaveLength(1);
  });

  test('runs a copy of the bundle, which outlives the one it came from', async () => {
    await ensure();
    expect(starts()[0]).toMatch(/\/home\/bundles\/[0-9a-f]{12}\/forebay\.mjs /);
  });

  test('replaces a daemon that lacks what this newer program needs', async () => {
    const old = await ensure({ bundle: bundle('old', '0.0.1', 0) });
    const now = await ensure();
    expect([old.hello.version, now.hello.version]).toEqual(['0.0.1', programVersion]);
    expect(hasEnded(old.hello.pid)).toBe(true);
  });

  test('never replaces a newer one', async () => {
    const newer = await ensure({ bundle: bundle('newer', '99.0.0', 9) });
    await expect(ensure()).rejects.toMatchObject({ code: 'daemon-newer' });
    expect((await findDaemon(options))?.hello.pid).toBe(newer.hello.pid);
  });

  test('quotes the log of a daemon that ends at once', async () => {
    fs.writeFileSync(options.bundle as string, `console.error('the disk is on fire'); process.exit(3)`);
    await expect(ensure()).rejects.toMatchObject({
      code: 'daemon-unreachable',
      message: expect.stringContaining('the disk is on fire'),
      hint: expect.stringContaining('daemon.log'),
    });
  });

  test('throws the very error that the daemon could not start for', async () => {
    const error = new ForebayError('daemon-newer', 'The home is of Forebay 9.', 'Update.');
    fs.writeFileSync(options.bundle as string, `console.error(${JSON.stringify(problemLine(error))})`);
    await expect(ensure()).rejects.toMatchObject({
      code: 'daemon-newer',
      message: error.message,
      hint: 'Update.',
    });
  });
});
