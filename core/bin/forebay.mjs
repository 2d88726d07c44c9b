#!/usr/bin/env node
// Any Node from 20 on may start this; it goes on with the workspace's own Node 24 and whatever was built.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const core = dirname(dirname(realpathSync(fileURLToPath(import.meta.url))));

/** The Node that npm installed with the workspace; its package may be hoisted to any folder above. */
function pinnedNode() {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('node/package.json'));
    const file = join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

const major = Number.parseInt(process.versions.node, 10);
const node = pinnedNode() ?? (major >= 24 ? process.execPath : undefined);
const built = join(core, 'dist', 'forebay.mjs');
const program = existsSync(built) ? built : join(core, 'src', 'main.ts');

if (node === undefined) {
  console.error(
    `forebay: Node ${process.versions.node} is too old and the pinned Node 24 isn't installed: run 'npm ci' in ${dirname(core)}.`,
  );
  process.exitCode = 1;
} else {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', program, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  // The child decides what a signal means; of a Ctrl-C that a terminal sent to both it takes the first.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`forebay: ${node} can't be run: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal];
  });
}
