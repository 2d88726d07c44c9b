import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Home, node } from './home.ts';

/** System calls that change what is on disk: the instants at which a crash could leave something half done. */
const calls = [
  'openat',
  'link',
  'linkat',
  'rename',
  'renameat2',
  'unlink',
  'rmdir',
  'mkdir',
  'chmod',
  'fsync',
];

/** The `when`-th call of this name in its thread, and what it was about. */
export interface Instant {
  call: string;
  when: number;
  line: string;
}

/**
 * The daemon under strace, which kills it (SIGKILL) as it enters the system call `at`, before the call does anything.
 * Without `at` it only records.
 */
export async function startTraced(home: Home, log: string, at?: Instant): Promise<ChildProcess> {
  const inject = at ? ['-e', `inject=${at.call}:signal=KILL:when=${at.when}`] : [];
  const args = ['-f', '-qq', '-s', '512', '-o', log, '-e', `trace=${calls.join(',')}`, ...inject];
  const child = spawn('strace', [...args, node, home.program, 'daemon', '--stay'], {
    cwd: home.folder,
    env: home.env,
    stdio: 'ignore',
  });
  for (let waited = 0; waited < 200; waited++) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    if ((await answers(home)) !== undefined) break;
    await sleep(50);
  }
  return child;
}

/** The pid of the daemon that answers, without starting one. */
export async function answers(home: Home): Promise<number | undefined> {
  const file = home.path('home', 'daemon.json');
  if (!existsSync(file)) return undefined;
  const { socket } = JSON.parse(await readFile(file, 'utf8')) as { socket: string };
  const { request } = await import('node:http');
  return new Promise((resolve) => {
    const asked = request({ socketPath: socket, path: '/api/hello' }, (answer) => {
      let body = '';
      answer.on('data', (chunk) => {
        body += chunk;
      });
      answer.on('end', () => resolve((JSON.parse(body) as { pid: number }).pid));
    });
    asked.on('error', () => resolve(undefined));
    asked.end();
  });
}

/** Every traced call in order, numbered within its thread and name. */
export async function instants(log: string): Promise<Instant[]> {
  const counts = new Map<string, number>();
  const found: Instant[] = [];
  for (const line of (await readFile(log, 'utf8')).split('\n')) {
    const match = /^(\d+)\s+(\w+)\(/.exec(line);
    const call = match?.[2];
    if (!call || !calls.includes(call)) continue;
    const key = `${match[1]} ${call}`;
    const when = (counts.get(key) ?? 0) + 1;
    counts.set(key, when);
    found.push({ call, when, line });
  }
  return found;
}

/** The call at which the daemon died, as strace wrote it; undefined if it lived. */
export async function lastInstant(log: string, call: string): Promise<string | undefined> {
  const lines = (await readFile(log, 'utf8')).split('\n');
  if (!lines.some((line) => line.includes('killed by SIGKILL'))) return undefined;
  return lines.findLast((line) => line.includes(` ${call}(`) && /(= \?|<unfinished \.\.\.>)\s*$/.test(line));
}
