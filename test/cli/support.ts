import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { type Home, newHome, root } from '../support/home.ts';

/** The command line from source, as developers run it; the tests of the whole house run the bundle. */
export const source = join(root, 'core', 'src', 'main.ts');

export function sourceHome(env: NodeJS.ProcessEnv = {}): Promise<Home> {
  return newHome(env, source);
}

/** Writes a folder: path -> content. */
export async function write(folder: string, files: Record<string, string | Uint8Array>): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** A working copy `work` of dataset `mnist` whose v1 has three files. */
export async function withMnist(home: Home): Promise<string> {
  const folder = await write(home.path('work'), {
    'a.txt': 'A',
    'train/0.png': 'zero',
    'train/1.png': 'one!',
  });
  await home.json('-C', folder, 'data', 'init', 'mnist');
  await home.json('-C', folder, 'data', 'sync', '-m', 'first');
  return folder;
}

/** What every refusal has in common, whatever it is about. */
export async function refusal(home: Home, args: string[]) {
  const human = await home.run(...args);
  expect(`${human.stdout}${human.stderr}`).not.toMatch(/\n\s+at |Error:|undefined|\[object/);
  expect(human.stderr).toMatch(/^forebay: .+[.?]\n/);
  const json = await home.run(...args, '--json');
  const { error } = JSON.parse(json.stdout) as { error: { code: string; message: string; hint?: string } };
  expect(human.stderr).toContain(error.message);
  expect([json.stderr, json.code]).toEqual(['', human.code]);
  return { ...error, said: human.stderr, exit: human.code };
}
