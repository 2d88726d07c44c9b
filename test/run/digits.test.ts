import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Home, newHome } from '../support/home.ts';
import { Training } from '../support/training.ts';

let home: Home;
let training: Training;

beforeAll(async () => {
  home = await newHome();
  training = await Training.prepare(home);
});
afterAll(() => home?.remove());

test('training on the digits is reproduced to the last digit: the same data, the changed script, the same command', async () => {
  await training.edit((script) => script.replaceAll('cut, 64', 'cut, 32'));
  await training.run('seeded', 2, '--epochs', '3');
  await training.edit((script) => script.replaceAll('cut, 32', 'cut, 128'));
  const again = await home.run('reproduce', 'seeded', '--tolerance', '0', '--current-environment', '--json');
  expect(again.code).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject({ same: true, differences: [] });
});
