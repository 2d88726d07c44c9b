import { expect, test } from 'vitest';
import { parseParams } from './params.ts';

test('YAML is flattened, and values stay as they are written', () => {
  const text = `
# what we try
lr: 1e-3
epochs: 10
amp: yes
optim: &adam
  name: "adam"
  betas: [0.9, 0.999]
  eps: 1.0
second: *adam
nothing: ~
empty:
layers:
  - 64
  - 32
`;
  expect(parseParams(text, 'p.yaml')).toEqual({
    lr: '1e-3',
    epochs: '10',
    amp: 'yes',
    'optim.name': 'adam',
    'optim.betas': '[0.9,0.999]',
    'optim.eps': '1.0',
    'second.name': 'adam',
    'second.betas': '[0.9,0.999]',
    'second.eps': '1.0',
    nothing: '~',
    empty: '',
    layers: '[64,32]',
  });
});

test('JSON is read as well', () => {
  expect(parseParams('{"lr": 0.10, "model": {"depth": 3, "bias": true, "note": "a: b"}}', 'p.json')).toEqual({
    lr: '0.10',
    'model.depth': '3',
    'model.bias': 'true',
    'model.note': 'a: b',
  });
  expect(parseParams('', 'p.yaml')).toEqual({});
});

test.each(['- a\n- b', 'a: [1', 'just text'])('%j is refused', (text) => {
  expect(() => parseParams(text, 'p.yaml')).toThrow("p.yaml can't be read as parameters");
});
