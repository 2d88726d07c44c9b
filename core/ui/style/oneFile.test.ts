import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const folders = [import.meta.dirname, join(import.meta.dirname, '..', '..', '..', 'jupyterlab-ext', 'style')];

/** Classes that a file gives a rule of their own. */
function classesOf(path: string): string[] {
  const text = readFileSync(path, 'utf8').replaceAll(/\/\*.*?\*\//gs, '');
  const selectors = [...text.matchAll(/(?:^|[{};])\s*([^{};@]+)\{/g)].map(([, selector]) => selector ?? '');
  return selectors
    .filter((selector) => !selector.includes('('))
    .flatMap((selector) => selector.split(','))
    .flatMap((selector) => /^\.(fb-[\w-]+)$/.exec(selector.trim())?.[1] ?? []);
}

test('a class looks as one file says: two parts that chose the same name would spoil each other', () => {
  const files = new Map<string, Set<string>>();
  for (const folder of folders) {
    // Variables are set for whole parts of the page.
    for (const name of readdirSync(folder).filter(
      (name) => name.endsWith('.css') && name !== 'variables.css',
    )) {
      for (const each of classesOf(join(folder, name))) {
        files.set(each, (files.get(each) ?? new Set()).add(name));
      }
    }
  }
  const twice = [...files].filter(([, names]) => names.size > 1).map(([each, names]) => [each, ...names]);
  expect(twice).toEqual([]);
  expect(files.size).toBeGreaterThan(100);
});
