import { expect, test } from 'vitest';
import { fileCode } from './fileCode.ts';
import { drawable } from './listProps.ts';
import { pathWithin } from './markdown.ts';
import { bytesToRead, looksBinary, previewKind, textOf } from './previewKind.ts';

test('no more of a file is read than is looked at', () => {
  const huge = 10 ** 12;
  expect(bytesToRead(previewKind('a.csv'), huge)).toBe(262_144);
  expect(bytesToRead(previewKind('a.json'), huge)).toBe(1_000_000);
  expect(bytesToRead(previewKind('a.log'), 12)).toBe(12);
  expect([bytesToRead('image', huge), bytesToRead('image', 5)]).toEqual([0, 5]);
  expect(bytesToRead(previewKind('model.safetensors'), 5)).toBe(0);
  expect(previewKind('LICENSE')).toBe('text');
});

test('a text that was cut off ends with a whole line', () => {
  const bytes = new TextEncoder().encode('a\nb\nhal');
  expect(textOf(bytes, false)).toBe('a\nb\n');
  expect(textOf(bytes, true)).toBe('a\nb\nhal');
  expect(looksBinary(bytes)).toBe(false);
  expect(looksBinary(Uint8Array.from([80, 0]))).toBe(true);
});

test("a README's pictures are the version's own, or none", () => {
  expect(pathWithin('docs', '../images/a%20b.png?raw=1')).toBe('images/a b.png');
  expect(pathWithin('', './a.png')).toBe('a.png');
  for (const address of [
    'https://x.example/a.png',
    '//x.example/a.png',
    'data:image/png,',
    '/a.png',
    '../a.png',
    '',
  ]) {
    expect(pathWithin('', address)).toBeNull();
  }
});

test('a table that is dragged into a cell is read there, any other file is named', () => {
  expect(fileCode('chest-xray', 3, 'labels.csv')).toBe(
    'import forebay\nimport pandas as pd\nchest_xray_path = forebay.mount("chest-xray@v3")\nchest_xray_data = pd.read_csv(chest_xray_path / "labels.csv")\n',
  );
  expect(fileCode('chest-xray', 3, 'images/a.png')).toContain('chest_xray_path / "images/a.png"');
});

test('no more is drawn than a browser can draw', () => {
  expect([drawable(3, 24, 1), drawable(10 ** 7, 160, 5)]).toEqual([3, 500_000]);
});
