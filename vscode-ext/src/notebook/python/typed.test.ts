import { expect, test } from 'vitest';
import { moduleNames } from './moduleNames.ts';
import { readPython } from './pythonText.ts';
import { typedIn } from './typed.ts';

function typed(before: string) {
  const python = readPython(before);
  return typedIn(before, python, moduleNames([python]));
}

test('a dataset is typed first, its version after the @', () => {
  expect(typed('p = forebay.mount("')).toEqual({ kind: 'dataset', text: '' });
  expect(typed("p = forebay.mount('chest-x")).toEqual({ kind: 'dataset', text: 'chest-x' });
  expect(typed('import forebay as fb\nfb.open("digits@')).toEqual({
    ...{ kind: 'selector', dataset: 'digits', text: '' },
  });
  expect(typed('pd.read_csv("forebay://digits@v')).toEqual({
    kind: 'selector',
    dataset: 'digits',
    text: 'v',
  });
  expect(typed('forebay.cache(\n  "di')).toEqual({ kind: 'dataset', text: 'di' });
});

test('magics take versions too', () => {
  expect(typed('x = 1\n%forebay mount ')).toEqual({ kind: 'dataset', text: '' });
  expect(typed('%forebay diff digits@v1 digits@')).toEqual({ kind: 'selector', dataset: 'digits', text: '' });
  expect(typed('%forebay mount digits@v1 ')).toBeUndefined();
  expect(typed('%forebay runs ')).toBeUndefined();
  expect(typed('%forebay mo')).toBeUndefined();
});

test('elsewhere nothing of ours is typed', () => {
  for (const before of [
    '"',
    'print("',
    'forebay.mount(f"',
    '# forebay.mount("',
    'forebay.mount("a@v1"',
    '',
  ]) {
    expect(typed(before), before).toBeUndefined();
  }
  expect(typed('forebay.mount("digits@v1", "')).toBeUndefined();
  expect(typed('"forebay://digits@v1/la')).toBeUndefined();
});
