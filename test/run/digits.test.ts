import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Run } from '../../core/src/api/schemas.ts';
import { type Home, newHome } from '../support/home.ts';
import { uvVenv } from '../support/python/venv.ts';
import { Training } from '../support/training/training.ts';

let home: Home;
let training: Training;

beforeAll(async () => {
  const { bin } = await uvVenv();
  home = await newHome({ PATH: [bin, process.env.PATH].join(delimiter) });
  training = await Training.prepare(home);
}, 240_000);
afterAll(() => home?.remove());

test('training on the digits is reproduced to the last digit: the same data, the changed script, packages that uv installs', async () => {
  await training.edit((script) => script.replaceAll('cut, 64', 'cut, 32'));
  await training.run('seeded', 2, '--epochs', '3');
  await training.edit((script) => script.replaceAll('cut, 32', 'cut, 128'));
  const again = await home.run('reproduce', 'seeded', '--tolerance', '0', '--json');
  expect(again.code, again.stderr).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject({ same: true, differences: [] });
  const [run, origin] = await home.json<[Run, Run]>('runs', 'ls', '--last', '2');
  expect(run).toMatchObject({ name: 'seeded-again', metrics: { val_loss: { value: expect.any(Number) } } });
  expect(Object.keys(run.metrics)).toEqual(Object.keys(origin.metrics));
  const [python = ''] = run.command ?? [];
  expect(python).not.toBe(training.python);
  expect(await readFile(join(dirname(dirname(python)), 'pyvenv.cfg'), 'utf8')).toMatch(/^uv = /m);
}, 240_000);
