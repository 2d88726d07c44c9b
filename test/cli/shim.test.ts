import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { node, outcome, root } from '../support/home.ts';

/** A Node that isn't the workspace's own, as most machines have one. */
const systemNode = ['/usr/bin/node', '/usr/local/bin/node'].find((file) => existsSync(file));
const systemMajor = systemNode
  ? Number.parseInt(execFileSync(systemNode, ['-p', 'process.versions.node'], { encoding: 'utf8' }), 10)
  : 0;

let folder: string;
let shim: string;

/** A workspace of its own, whose program is `script`. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fb-shim-'));
  mkdirSync(join(folder, 'core', 'dist'), { recursive: true });
  cpSync(join(root, 'core', 'bin'), join(folder, 'core', 'bin'), { recursive: true });
  shim = join(folder, 'core', 'bin', 'forebay.mjs');
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(script: string): void {
  writeFileSync(join(folder, 'core', 'dist', 'forebay.mjs'), script);
}

function pinned(): void {
  mkdirSync(join(folder, 'node_modules', 'node', 'bin'), { recursive: true });
  writeFileSync(join(folder, 'node_modules', 'node', 'package.json'), '{"name":"node"}');
  symlinkSync(node, join(folder, 'node_modules', 'node', 'bin', 'node'));
}

const start = (...args: string[]): ChildProcess =>
  spawn(systemNode ?? node, [shim, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });

describe('the shim', () => {
  test('goes on with the pinned Node, whichever started it, and passes arguments and exit code on', async () => {
    pinned();
    program('console.log(process.version, process.argv.slice(2).join("|")); process.exitCode = 7');
    const ran = await outcome(start('a b', '--', 'c'));
    expect([ran.code, ran.stdout.trim()]).toEqual([7, `${process.version} a b|--|c`]);
  });

  test('runs through a link, as npm lays one', async () => {
    pinned();
    program('console.log("here")');
    symlinkSync(shim, join(folder, 'link'));
    shim = join(folder, 'link');
    expect((await outcome(start())).stdout).toBe('here\n');
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('passes %s on and waits for what comes of it', async (signal) => {
    pinned();
    program(
      `process.on('${signal}', () => { console.log('told'); process.exit(5) }); console.log('up'); setInterval(() => {}, 1000)`,
    );
    const child = start();
    const ended = outcome(child);
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    child.kill(signal);
    const { code, stdout } = await ended;
    expect([code, stdout]).toEqual([5, 'up\ntold\n']);
  });

  test('tells which signal ended the program', async () => {
    pinned();
    program("process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000)");
    expect((await outcome(start())).code).toBe(137);
  });

  test.runIf(systemMajor > 0 && systemMajor < 24)(
    'says in one sentence that Node is too old and none is pinned',
    async () => {
      program('');
      const { code, stdout, stderr } = await outcome(start());
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(
        /^forebay: Node \d+\.\d+\.\d+ is too old and the pinned Node 24 isn't installed: run 'npm ci' in .*\n$/,
      );
    },
  );
});
