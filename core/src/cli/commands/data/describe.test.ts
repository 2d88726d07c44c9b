import { expect, test } from 'vitest';
import { changeAsked } from './describe.ts';

test('describing changes only what is asked for', () => {
  const labels = ['lungs', 'old'];
  expect(changeAsked({ label: [], unlabel: [] }, labels)).toEqual({});
  expect(changeAsked({ message: 'Scans', label: [], unlabel: [] }, labels)).toEqual({ description: 'Scans' });
  expect(changeAsked({ label: ['new'], unlabel: ['old'] }, labels)).toEqual({ labels: ['lungs', 'new'] });
});
