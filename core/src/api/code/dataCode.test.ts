import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CodeKind, codeKinds, dataCode } from './dataCode.ts';

const kinds = Object.keys(codeKinds) as CodeKind[];

test('each way opens the version', () => {
  const target = { dataset: 'chest-xray', version: 3 };
  expect(dataCode('path', target)).toBe('import forebay\nchest_xray_path = forebay.mount("chest-xray@v3")\n');
  expect(dataCode('pytorch', target)).toContain('chest_xray_data = ImageFolder(chest_xray_path)');
  expect(dataCode('huggingface', target)).toContain('load_dataset(str(chest_xray_path))');
  expect(dataCode('fsspec', target)).toContain('.ls("chest-xray@v3")');
});

test.each([
  ['a.csv', 'pd.read_csv(x_path / "a.csv")'],
  ['deep/b.CSV.gz', 'pd.read_csv(x_path / "deep/b.CSV.gz")'],
  ['c.tsv', 'pd.read_csv(x_path / "c.tsv", sep="\\t")'],
  ['d.parquet', 'pd.read_parquet(x_path / "d.parquet")'],
  ['e.jsonl', 'pd.read_json(x_path / "e.jsonl", lines=True)'],
])('pandas reads %s with %s', (path, call) => {
  expect(dataCode('pandas', { dataset: 'x', version: 1, path })).toContain(call);
});

test('whatever a file is called, the code is Python that means this file', () => {
  const part = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .filter((text) => !/[/\0]/.test(text) && text.isWellFormed());
  const paths = fc
    .sample(fc.array(part, { minLength: 1, maxLength: 3 }), 100)
    .map((parts) => parts.join('/'));
  const codes = paths.map((path) => kinds.map((kind) => dataCode(kind, { dataset: 'x', version: 1, path })));
  // Python's own parser is the judge: every code compiles, and holds the path as a string.
  const judge = `
import ast, json, sys
for path, codes in json.load(sys.stdin):
    for code in codes:
        texts = [node.value for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Constant)]
        assert any(text in (path, "forebay://x@v1/" + path) for text in texts), (path, code)
print("ok")
`;
  const input = JSON.stringify(paths.map((path, index) => [path, codes[index]]));
  expect(execFileSync('python3', ['-c', judge], { input, encoding: 'utf8' })).toBe('ok\n');
});

test('whatever a dataset is called, no line assigns to a keyword or to what was imported', () => {
  const words = [
    'class',
    'pd',
    'forebay',
    'fsspec',
    'imagefolder',
    'load_dataset',
    'file',
    'none',
    '3d',
    'a.',
  ];
  const names = [...words, ...fc.sample(fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/), 60)];
  const codes = names.flatMap((dataset) =>
    kinds.flatMap((kind) => ['', 'a/b.csv'].map((path) => dataCode(kind, { dataset, version: 1, path }))),
  );
  const judge = `
import ast, builtins, json, keyword, sys
for code in json.load(sys.stdin):
    tree = ast.parse(code)
    imported = {name.asname or name.name for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom)) for name in node.names}
    stored = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    taken = imported | set(keyword.kwlist) | set(dir(builtins))
    assert not stored & taken, code
print("ok")
`;
  const input = JSON.stringify(codes);
  expect(execFileSync('python3', ['-c', judge], { input, encoding: 'utf8' })).toBe('ok\n');
});
