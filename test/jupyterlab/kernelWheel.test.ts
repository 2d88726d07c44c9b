import { execFile } from 'node:child_process';
import { stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
// @ts-expect-error The tools are plain JavaScript, since Node 20 runs them before anything is installed.
import { buildWheels } from '../../tools/build.mjs';
import { write } from '../cli/support.ts';
import { type Home, newHome } from '../support/home.ts';
import { findPythons } from '../support/python/pythons.ts';
import { oneAtATime } from '../support/python/venv.ts';

const run = promisify(execFile);

let home: Home;
let wheels: Map<string, string>;
beforeAll(async () => {
  home = await newHome();
  const { paths } = (await oneAtATime('jupyterlab-test', buildWheels)) as { paths: string[] };
  wheels = new Map(paths.map((path) => [basename(path).split('-')[0] ?? '', path]));
  const folder = await write(home.path('tables'), { 'a.csv': 'id\n1\n2\n', 'b/c.csv': 'id\n3\n' });
  await home.json('-C', folder, 'data', 'init', 'tables');
  await home.json('-C', folder, 'data', 'sync');
});
afterAll(() => home?.remove());

/** Bytes: what is downloaded for every kernel, and once for a server. */
const most = { forebay: 150_000, jupyterlab_forebay: 6_000_000 };

test('the wheels are small', async () => {
  for (const [name, limit] of Object.entries(most)) {
    const { size } = await stat(wheels.get(name) ?? '');
    console.log(`${name}: ${(size / 1000).toFixed(0)} kB`);
    expect(size, name).toBeLessThan(limit);
  }
});

/** Everything that the package has, with warnings as errors, then real work. */
const script = `
import importlib, pkgutil, sys, forebay
for module in pkgutil.walk_packages(forebay.__path__, "forebay."):
    try:
        importlib.import_module(module.name)
    except ModuleNotFoundError as missing:
        assert missing.name in ("fsspec", "IPython"), missing
path = forebay.mount("tables")
print(sorted(file.name for file in path.rglob("*.csv")), len(forebay.files("tables@v1")))
print(repr(forebay.describe("tables"))[:9], repr(forebay.status())[:7])
forebay.unmount()
`;

const pythons = await findPythons();
test.each([...pythons])('Python 3.%s needs nothing but the wheel', async (minor, python) => {
  const venv = home.path(`venv-${minor}`);
  await run(python, ['-m', 'venv', venv]);
  const bin = join(venv, 'bin');
  const wheel = wheels.get('forebay') ?? '';
  await run(join(bin, 'pip'), ['install', '--quiet', '--no-index', '--no-warn-script-location', wheel]);
  await writeFile(join(venv, 'all.py'), script);
  const { stdout, stderr } = await run(join(bin, 'python'), ['-W', 'error', join(venv, 'all.py')], {
    env: { ...home.env, PATH: bin },
  });
  expect(stderr).toBe('');
  expect(stdout).toBe("['a.csv', 'c.csv'] 2\ntables@v1 Forebay\n");
});
