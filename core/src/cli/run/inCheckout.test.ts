import { expect, test } from 'vitest';
import { argumentIn, programIn, requirementIn } from './inCheckout.ts';

const checkout = { repository: '/home/ana/proj', target: '/tmp/again/code' };
const there = new Set(['/tmp/again/code', '/tmp/again/code/train.py', '/tmp/again/code/conf.yaml']);
const inside = (argument: string) => argumentIn(checkout, argument, (file) => there.has(file));

test('a script that is named by its whole path is that of the checkout', () => {
  expect(inside('/home/ana/proj/train.py')).toBe('/tmp/again/code/train.py');
  expect(inside('--config=/home/ana/proj/conf.yaml')).toBe('--config=/tmp/again/code/conf.yaml');
});

test('what the checkout does not have, and what lies elsewhere, stays as it is', () => {
  for (const argument of [
    ...['/home/ana/proj/data/big.bin', '/home/ana/project/train.py', '/data/x', 'train.py', '--lr=0.1', '-c'],
  ])
    expect(inside(argument)).toBe(argument);
});

test('a package that was installed from the repository is built from the checkout, another one is not', () => {
  const moved = (line: string) => requirementIn(checkout, line, (file) => there.has(file));
  expect(moved('proj @ file:///home/ana/proj')).toBe('proj @ file:///tmp/again/code');
  for (const line of ['numpy==2.1.0', 'other @ file:///home/ana/other', 'x @ https://h/x.whl'])
    expect(moved(line)).toBe(line);
});

test('a program that the checkout does not have is the one that ran', () => {
  const place = { folder: '/tmp/again/code', ran: '/home/ana/proj' };
  const inside = (program: string) => programIn(place, program, (file) => file === '/tmp/again/code/run.sh');
  expect(['./run.sh', '.venv/bin/torchrun', '/opt/env/bin/torchrun', 'make'].map(inside)).toEqual([
    ...['./run.sh', '/home/ana/proj/.venv/bin/torchrun', '/opt/env/bin/torchrun', 'make'],
  ]);
});
