import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { environmentOf } from './environment.ts';
import { findPython } from './findPython.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'find-python-'));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string) => path.join(folder, name);

async function program(name: string, text = '#!/bin/sh\n'): Promise<string> {
  await mkdir(path.dirname(at(name)), { recursive: true });
  await writeFile(at(name), text);
  await chmod(at(name), 0o755);
  return at(name);
}

/** A folder of programs with a Python, that is an environment by its sign. */
async function environment(name: string, sign: 'pyvenv.cfg' | 'conda-meta' | 'none'): Promise<string> {
  await program(`${name}/bin/python`);
  await program(`${name}/bin/python3`);
  if (sign !== 'none') await program(`${name}/${sign}`);
  return at(name);
}

const found = async (command: string[], env: NodeJS.ProcessEnv) => {
  const python = await findPython(command, { folder, env });
  return python && [path.relative(folder, python.program), python.from];
};

test('a script says which Python runs it, however pip wrote that', async () => {
  const bin = at('env/bin');
  await environment('env', 'pyvenv.cfg');
  await environment('other', 'conda-meta');
  await program('tools/torchrun', `#!${bin}/python3.11\nimport torch\n`);
  await program(
    'tools/accelerate',
    `#!/bin/sh\n'''exec' "${bin}/python" "$0" "$@"\n' '''\nimport accelerate\n`,
  );
  await program('tools/ls-runs', '#!/usr/bin/env -S python3 -u\n');
  const env = { PATH: [at('tools'), bin].join(':'), CONDA_PREFIX: at('other'), VIRTUAL_ENV: at('other') };
  const from = "its script's first line";
  expect(await found(['torchrun', 'train.py'], env)).toEqual(['env/bin/python3.11', from]);
  expect(await found(['accelerate', 'launch', 'train.py'], env)).toEqual(['env/bin/python', from]);
  expect(await found(['tools/ls-runs'], env)).toEqual(['env/bin/python3', from]);
});

test('then comes the Python beside it, where that is an environment', async () => {
  await environment('env', 'conda-meta');
  await environment('usr', 'none');
  await program('env/bin/horovodrun', 'ELF');
  await program('usr/bin/horovodrun', 'ELF');
  const env = { PATH: at('usr/bin'), VIRTUAL_ENV: await environment('active', 'pyvenv.cfg') };
  expect(await found(['env/bin/horovodrun', 'x'], env)).toEqual(['env/bin/python', 'beside the command']);
  expect(await found(['horovodrun', 'x'], env)).toEqual(['active/bin/python', 'VIRTUAL_ENV']);
});

test('another program may name the Python that it starts; what runs in an environment of its own tells nothing', async () => {
  await environment('env', 'conda-meta');
  await program('env/bin/mpirun', 'ELF');
  await program('env/bin/poetry', `#!${at('env/bin')}/python\n`);
  const env = { PATH: at('env/bin') };
  const named = await findPython(['mpirun', '-n', '2', './venv/bin/python', 'x.py'], { folder, env });
  expect(named).toEqual({ program: './venv/bin/python', from: 'the command' });
  expect(await found(['poetry', 'run', 'train'], env)).toBeUndefined();
});

test('then the environment that is active: of two the one that PATH has first', async () => {
  const conda = await environment('conda', 'conda-meta');
  const venv = await environment('venv', 'pyvenv.cfg');
  const both = { CONDA_PREFIX: conda, VIRTUAL_ENV: venv };
  expect(await found(['sh', 'x'], { ...both, PATH: '/bin' })).toEqual(['conda/bin/python', 'CONDA_PREFIX']);
  const venvFirst = { ...both, PATH: `${venv}/bin:${conda}/bin:/bin` };
  expect(await found(['sh', 'x'], venvFirst)).toEqual(['venv/bin/python', 'VIRTUAL_ENV']);
  expect(await found(['sh', 'x'], { ...both, CONDA_PREFIX: at('gone'), PATH: '/bin' })).toEqual([
    ...['venv/bin/python', 'VIRTUAL_ENV'],
  ]);
});

test('then that of PATH, for what speaks of Python', async () => {
  await environment('usr', 'none');
  await program('train.sh', 'torchrun train.py\n');
  await program('data.txt', 'about python\n');
  const env = { PATH: `${at('usr/bin')}:/bin` };
  const path = ['usr/bin/python3', 'PATH'];
  expect(await found(['bash', 'train.sh'], env)).toEqual(path);
  expect(await found(['sh', '-c', 'cd src && python train'], env)).toEqual(path);
  expect(await found(['srun', '-n4', 'train.py'], env)).toEqual(path);
  expect(await found(['cat', 'data.txt'], env)).toBeUndefined();
  expect(await found(['sh', '-c', 'echo pythons'], env)).toBeUndefined();
});

test("uv takes its project's environment, and outside of a project the active one", async () => {
  await environment('project/.venv', 'pyvenv.cfg');
  await program('project/pyproject.toml', '');
  await environment('usr', 'none');
  const env = { PATH: at('usr/bin'), VIRTUAL_ENV: await environment('active', 'pyvenv.cfg') };
  await mkdir(at('project/src'));
  const within = await findPython(['uv', 'run', 'train.py'], { folder: at('project/src'), env });
  expect(within).toEqual({ program: at('project/.venv/bin/python'), from: "the project's .venv" });
  expect(await found(['uv', 'run', 'train.py'], env)).toEqual(['active/bin/python', 'VIRTUAL_ENV']);
  expect(await found(['uv', 'run', 'train.py'], { PATH: at('usr/bin') })).toEqual([
    ...['usr/bin/python3', 'PATH'],
  ]);
});

test('a command that is Python is asked for its packages, and the record says whence it is', async () => {
  const place = { folder, env: process.env };
  const { python } = await environmentOf(await findPython(['python3', 'x.py'], place), place);
  expect(python).toMatchObject({ from: 'the command', packages: expect.any(Array) });
});
