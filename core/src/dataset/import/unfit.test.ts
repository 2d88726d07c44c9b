import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePaths } from '../entry.ts';
import { isEntryPath } from '../manifest/path.ts';
import { FoldersBesideFiles, pathProblem } from './unfit.ts';

const part = fc.constantFrom('a', 'b', '.', '..', '', '.forebay', 'a-b', 'a.b', '\0', '\ud800', 'é');

test('a path has a problem exactly where an entry may not have it', () => {
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
      const path = parts.join('/');
      expect([path, pathProblem(path) === undefined]).toEqual([path, isEntryPath(path)]);
    }),
  );
});

test('a file in the place of a folder is found, however much lies between', () => {
  const path = fc.array(fc.constantFrom('a', 'b', 'a-', 'a.b', 'ab'), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(path, { maxLength: 30 }), (paths) => {
      const sorted = [...new Set(paths.map((parts) => parts.join('/')))].sort(comparePaths);
      const folders = new FoldersBesideFiles();
      const files: string[] = [];
      for (const path of sorted) {
        const wanted = files.find((file) => path.startsWith(`${file}/`));
        expect(folders.add(path)).toBe(wanted);
        if (wanted === undefined) files.push(path);
      }
    }),
  );
});
