import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Venv } from '../support/python/venv.ts';
import { jupyterVenv } from '../support/servers/jupyterlab.ts';

let venv: Venv;
beforeAll(async () => {
  venv = await jupyterVenv();
});

/** Both streams: Jupyter lists its extensions on standard error. */
async function say(command: string, ...args: string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(join(venv.bin, command), args);
  return stdout + stderr;
}

describe('both wheels in a clean environment', () => {
  test('have all that they ask for', async () => {
    expect(await say('pip', 'check')).toContain('No broken requirements found.');
  });

  test('bring the extension, enabled and fit for this JupyterLab', async () => {
    expect(await say('jupyter', 'labextension', 'list')).toMatch(/jupyterlab-forebay v\S+ .*enabled.*OK/);
  });

  test('bring the server part, enabled', async () => {
    expect(await say('jupyter', 'server', 'extension', 'list')).toMatch(/jupyterlab_forebay \S* ?.*OK/);
  });
});
