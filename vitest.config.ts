import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Every thread and daemon that a test starts loads the program: compiled once, that takes half the time. */
const env = { NODE_COMPILE_CACHE: fileURLToPath(new URL('.cache/compiled', import.meta.url)) };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{core,vscode-ext,jupyterlab-ext}/src/**/*.test.ts'],
          environment: 'node',
          env,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'real',
          include: ['test/**/*.test.ts'],
          exclude: ['**/node_modules/**', 'test/.cache/**'],
          environment: 'node',
          env,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
