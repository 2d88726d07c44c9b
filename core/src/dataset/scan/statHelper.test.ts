import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/lake.ts';
import { StatHelper } from './statHelper.ts';

test('a thread that ends leaves nobody waiting, whatever it was asked or is asked then', async () => {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, 'a'), 'a');
  const helper = new StatHelper(folder);
  const ask = (names = ['a']) => helper.stat([{ folder: '', names }]);
  for (let few = 0; few < 4; few++) expect(ask()).toBeUndefined();
  expect((await ask())?.[0]?.names).toEqual(['a']);
  // So many that it ends before it could answer.
  const asked = ask(Array(500_000).fill('a'));
  await helper.close();
  expect(await asked).toBeUndefined();
  expect(ask()).toBeUndefined();
});
