import { expect, test } from 'vitest';
import { paramsIn } from './arguments.ts';

const of = (line: string) => paramsIn(line.split(' '));

test.each([
  ['python train.py --lr 0.1 --batch-size=32', { lr: '0.1', batch_size: '32' }],
  ['python -u train.py data/ --amp --no-shuffle --seed -1', { amp: 'true', no_shuffle: 'true', seed: '-1' }],
  ['torchrun --nproc-per-node 4 train.py --lr 1e-3', { nproc_per_node: '4', lr: '1e-3' }],
  ['python train.py --layers 64 32 16 --lr .5 data.csv', { layers: '64 32 16', lr: '.5' }],
  [
    'python -m app lr=0.1 +optim.name=adam ++model/depth=3 ~x a=b=c',
    { lr: '0.1', 'optim.name': 'adam', 'model/depth': '3', a: 'b=c' },
  ],
  ['python train.py --resume --lr=0.1 --lr=0.2', { resume: 'true', lr: '0.2' }],
  ['python train.py --amp lr=0.1', { amp: 'true', lr: '0.1' }],
  ['tool --a 1 -- --b 2', { a: '1' }],
  ['python train.py --empty= -v -xvf --', { empty: '' }],
  ['sh', {}],
])('%s', (line, expected) => {
  expect(of(line)).toEqual(expected);
});

test('what is no name is no parameter', () => {
  expect(paramsIn(['python', '-c', 'x = 1; print(x == 2)', '--=1', '--1a', 'https://x/?a=b', '=c'])).toEqual(
    {},
  );
});

test('what is a secret by its name is no parameter', () => {
  expect(
    paramsIn(['train', '--api-key', 'k1', '--hf-token=t', '--db.password', 'p', '--max-tokens', '9']),
  ).toEqual({
    max_tokens: '9',
  });
});
