import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Home, root } from '../home.ts';

const example = join(root, 'tools', 'example');

/** A cell of the example's notebook as it is kept. */
export interface Cell {
  id: string;
  cell_type: string;
  source: string[];
}

/** The notebook that `npm start` opens. */
export async function exampleNotebook(): Promise<{ cells: Cell[] }> {
  return JSON.parse(await readFile(join(example, 'digits.ipynb'), 'utf8'));
}

/** Its dataset: `digits@v1` as the scans are, `digits@v2` corrected. */
export async function exampleData(home: Home, python: string): Promise<void> {
  const folder = home.path('work', 'digits-scans');
  const draw = (...args: string[]) => execFileSync(python, [join(example, 'digits.py'), folder, ...args]);
  draw();
  await home.run('-C', folder, 'data', 'init', 'digits');
  await home.json('-C', folder, 'data', 'sync', '-m', 'scikit-learn digits as they are');
  draw('correct');
  await home.json('-C', folder, 'data', 'sync', '-m', 'faint scans corrected, doubtful ones removed');
}
