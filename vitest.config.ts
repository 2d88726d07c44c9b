import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Every thread and daemon that a test starts loads the program: compiled once, that takes half the time. */
const env = { NODE_COMPILE_CACHE: fileURLToPath(new URL('.cache/compiled', import.meta.url)) };

/** With the real parts: servers, daemons, browsers, editors. What is polled for comes when a busy machine gets to it. */
const real = {
  environment: 'node',
  env,
  testTimeout: 120_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 20_000 } },
} as const;
const notOurs = ['**/node_modules/**', 'test/.cache/**'];
/** They promise how long something takes, which only holds on a machine that does nothing else. */
const timed = ['test/cli/{cancel,import,revive}.test.ts', 'test/run/limits.test.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{core,vscode-ext,jupyterlab-ext}/src/**/*.test.ts', 'core/ui/**/*.test.ts'],
          environment: 'node',
          env,
          // Vitest would leave one core to itself, half of a small machine.
          maxWorkers: '100%',
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          ...real,
          name: 'real',
          include: ['test/{cache,cli,dataset,golden,lake,run}/**/*.test.ts'],
          exclude: [...notOurs, ...timed],
          // They wait for servers and disks as much as for the processor.
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...real,
          name: 'editors',
          include: ['test/{jupyterlab,vscode}/**/*.test.ts'],
          exclude: notOurs,
          // One waits for its browser while the other works.
          maxWorkers: 2,
        },
      },
      {
        test: {
          ...real,
          name: 'alone',
          include: ['test/{bench,daemon,house}/**/*.test.ts', ...timed],
          exclude: notOurs,
          fileParallelism: false,
        },
      },
    ],
  },
});
