import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findArtifacts, writeArtifact } from '../run/artifact/files.ts';
import { outputArtifacts } from './artifacts.ts';

const hostile = [
  '..\\..\\up',
  'C:',
  'C:\\x',
  '...',
  '~',
  '-rf',
  'a\nb',
  '%2e%2e%2fup',
  'a?b#c',
  ' ',
  'é',
  '\u202e',
];
const name = fc
  .oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }))
  .filter((text) => !/[/\0]/.test(text) && text !== '.' && text !== '..');

test('whatever a command calls its files, each is kept under its name inside of its run, or refused', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(name, { minLength: 1, maxLength: 6 }), async (names) => {
      const top = await mkdtemp(join(tmpdir(), 'fb-names-'));
      const [output, run] = [join(top, 'output'), join(top, 'runs', 'one', 'artifacts')];
      await mkdir(join(output, 'deep'), { recursive: true });
      for (const each of names) await writeFile(join(output, 'deep', each), each);
      const refused: string[] = [];
      for (const { path, open } of await outputArtifacts(output)) {
        const bytes = Readable.toWeb(open() as Readable) as ReadableStream;
        await writeArtifact(run, path, bytes).catch((error: unknown) => {
          expect(error).toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
          refused.push(path);
        });
      }
      const kept = (await findArtifacts(run, '')).map(({ path }) => path);
      expect([...kept, ...refused].sort()).toEqual(names.map((each) => `deep/${each}`).sort());
      expect(refused.every((path) => path.includes('\\'))).toBe(true);
      for (const path of kept) expect(`deep/${await readFile(join(run, path), 'utf8')}`).toBe(path);
      expect((await readdir(top)).sort()).toEqual(kept.length > 0 ? ['output', 'runs'] : ['output']);
      if (kept.length > 0) expect(await readdir(join(top, 'runs', 'one'))).toEqual(['artifacts']);
      await rm(top, { recursive: true });
    }),
    { numRuns: 60 },
  );
});
