import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/lake.ts';
import { StatHelper } from './statHelper.ts';

test('a thread that ends leaves nobody waiting, whatever it was asked or is asked then', async () => {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, 'a'), 'a');
  const helper = new StatHelper(folder);
  const ask = () => helper.stat([{ folder: '', names: ['a'] }]);
  for (let few = 0; few < 4; few++) expect(ask()).toBeUndefined();
  expect((await ask())?.[0]?.names).toEqual(['a']);
  const asked = ask();
  await helper.close();
  expect(await asked).toBeUndefined();
  expect(ask()).toBeUndefined();
});
