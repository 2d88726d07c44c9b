import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chooseNode, lacksOf, type NodeProbe, nodeCandidates, probeNode } from './nodeChoice.ts';

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fb-node-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function program(name: string, script: string): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return file;
}

describe('the Node that runs the daemon', () => {
  test("is FOREBAY_NODE's before the front end's own before PATH's, each once", () => {
    const onPath = program('node', '');
    const paths = nodeCandidates(
      { FOREBAY_NODE: '/a/node', PATH: `${folder}:relative:${folder}` },
      '/b/node',
    );
    expect(paths.map((each) => each.path)).toEqual(['/a/node', '/b/node', onPath]);
  });

  test('is the first that is fit', async () => {
    const probes: Record<string, NodeProbe> = {
      '/old': { version: '20.1.0', sqlite: false, zstd: false },
      '/fit': { version: '24.2.0', sqlite: true, zstd: true },
    };
    const candidates = ['/old', '/fit', '/never asked'].map((each) => ({ path: each, source: 'PATH' }));
    const probe = async (file: string) => probes[file] ?? expect.unreachable();
    expect(await chooseNode(candidates, probe)).toBe('/fit');
  });

  test('is refused with what was found where', async () => {
    const old = program('old', `echo '{"version":"20.1.0","sqlite":false,"zstd":false}'`);
    const other = program('other', 'exit 3');
    const candidates = [old, other, '/nowhere/node'].map((each) => ({ path: each, source: 'PATH' }));
    await expect(chooseNode(candidates)).rejects.toMatchObject({
      code: 'node-unfit',
      message: expect.stringMatching(/old \(PATH\) is Node 20\.1\.0; .*doesn't run as a Node; .*isn't there/),
      hint: expect.stringContaining('FOREBAY_NODE'),
    });
  });

  test('must have SQLite and zstd, whatever its version says', () => {
    expect(lacksOf({ version: '24.0.0', sqlite: false, zstd: true })).toContain('node:sqlite');
    expect(lacksOf({ version: '24.0.0', sqlite: true, zstd: false })).toContain('zstd');
    expect(lacksOf({ version: '25.0.0', sqlite: true, zstd: true })).toBeUndefined();
  });

  test('is asked by running it, and answers the same as from within', async () => {
    const copy = program('wrapped', `exec '${process.execPath}' "$@"`);
    expect(await probeNode(copy)).toEqual(await probeNode(process.execPath));
  });
});
