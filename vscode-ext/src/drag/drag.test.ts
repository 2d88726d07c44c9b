import { describe, expect, test } from 'vitest';
import type { TreeNode } from '../tree/node.ts';
import { draggedOf, variantsOf } from './dragged.ts';
import { placingsOf } from './placing.ts';

const row = (node: TreeNode) =>
  draggedOf(
    node,
    (name) => (name === 'scans' ? 3 : undefined),
    (id) => id === 'part',
  );
const entry = (path: string, kind: 'file' | 'folder' = 'file') =>
  row({ kind: 'entry', dataset: 'scans', version: 2, entry: { path, kind, size: 1 } });
const ways = (...rows: ReturnType<typeof row>[]) => variantsOf(rows.filter((one) => one !== undefined));

describe('a row that is dragged', () => {
  test('of a dataset is its newest version, and of one without versions nothing', () => {
    expect(row({ kind: 'dataset', dataset: 'scans' })).toMatchObject({ version: 3, path: '' });
    expect(row({ kind: 'dataset', dataset: 'new' })).toBeUndefined();
  });

  test('of a part of a version is nothing: there is no code that mounts a part', () => {
    const placement = (id: string) => row({ kind: 'placement', placement: id, dataset: 'scans', version: 1 });
    expect(placement('whole')).toMatchObject({ version: 1 });
    expect(placement('part')).toBeUndefined();
  });

  test('is offered in the ways that open it, the best first', () => {
    expect(ways(row({ kind: 'version', dataset: 'scans', version: 1 })).map(({ title }) => title)).toEqual([
      'Insert mounted path',
      'Insert PyTorch ImageFolder',
      'Insert Hugging Face datasets',
      'Insert pandas',
      'Insert fsspec',
    ]);
    expect(ways(entry('labels.csv')).map(({ kind }) => kind)).toEqual(['pandas', 'path', 'fsspec']);
    expect(ways(entry('a.parquet'))[0]?.code).toContain('pd.read_parquet(scans_path / "a.parquet")');
    expect(ways(entry('a.png')).map(({ kind }) => kind)).toEqual(['path', 'fsspec']);
    expect(ways(entry('images', 'folder'))[1]?.code).toContain('ImageFolder(scans_path / "images")');
  });

  test('with others is opened in a way that fits all, and mounted once', () => {
    const [best, ...others] = ways(entry('a.csv'), entry('b.png'));
    expect(best?.code).toBe(
      'import forebay\nscans_path = forebay.mount("scans@v2")\nscans_file = scans_path / "a.csv"\nscans_file_2 = scans_path / "b.png"\n',
    );
    expect(others.map(({ kind }) => kind)).toEqual(['fsspec']);
  });
});

describe('code that is dropped', () => {
  const code = 'import forebay\nscans_path = forebay.mount("scans@v2")\n';
  const dropped = (text: string, line: number, elsewhere: string[] = []) => {
    const lines = text.split('\n');
    for (const { line: at, text: added } of placingsOf(lines, line, code, elsewhere).toReversed()) {
      lines.splice(at, 0, ...added.trimEnd().split('\n'));
    }
    return lines.join('\n');
  };

  test('imports at the top and goes below the line that it was dropped on, indented alike', () => {
    expect(dropped('import os\n\ndef train():\n    pass', 3)).toBe(
      'import os\nimport forebay\n\ndef train():\n    pass\n    scans_path = forebay.mount("scans@v2")',
    );
  });

  test('stands in the block that it was dropped into', () => {
    const mount = 'scans_path = forebay.mount("scans@v2")';
    const known = ['import forebay'];
    expect(dropped('def train():\n  a()\n\n  b()', 0, known)).toBe(
      `def train():\n  ${mount}\n  a()\n\n  b()`,
    );
    expect(dropped('def train():\n  a()\n\n  b()', 2, known)).toBe(
      `def train():\n  a()\n  ${mount}\n\n  b()`,
    );
    expect(dropped('if x:  # why', 0, known)).toBe(`if x:  # why\n    ${mount}`);
  });

  test('imports only once, whether here or in another cell', () => {
    const body = 'x = 1\nscans_path = forebay.mount("scans@v2")';
    expect(dropped('x = 1', 0, ['import forebay  # data'])).toBe(body);
    expect(dropped(`import forebay\nx = 1`, 1)).toBe(`import forebay\n${body}`);
  });

  test('never stands above what it needs, nor within a docstring or brackets', () => {
    expect(dropped('"""Train.\n\nWith care.\n"""\nfrom a import (\n    b,\n)\nb()', 1)).toBe(
      '"""Train.\n\nWith care.\n"""\nfrom a import (\n    b,\n)\nimport forebay\nscans_path = forebay.mount("scans@v2")\nb()',
    );
  });

  test('mounts what is mounted above only once, but never nothing', () => {
    const table = `${code}scans_data = pd.read_csv(scans_path / "a.csv")\n`;
    const lines = code.trimEnd().split('\n');
    expect(placingsOf(lines, 1, table)).toEqual([
      { line: 2, text: 'scans_data = pd.read_csv(scans_path / "a.csv")\n' },
    ]);
    expect(placingsOf(lines, 0, table)[0]?.text).toContain('forebay.mount');
    expect(placingsOf(lines, 1, code)[0]?.text).toContain('forebay.mount');
  });

  test('fills an empty cell', () => {
    expect(placingsOf([''], 0, code)).toEqual([{ line: 0, text: code }]);
  });
});
