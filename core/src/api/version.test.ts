import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { programVersion } from './version.ts';

test("the program's version is its package's", () => {
  expect(programVersion).toBe(manifest.version);
});
