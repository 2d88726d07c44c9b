import { expect, test } from 'vitest';
import type { Lease } from '../../src/api/schemas.ts';
import { now, secondsAgo } from '../../src/api/testing.ts';
import { holderSentence } from './holders.ts';

const lease = (holder: Lease['holder'], seconds = 7200): Lease => ({
  id: 'l',
  placement: 'p',
  dataset: 'x',
  version: 3,
  selection: null,
  cache: 'local',
  path: '/cache/x',
  holder,
  since: secondsAgo(seconds),
  job: null,
});

test.each([
  [
    lease({ kind: 'connection', label: 'Kernel of train.ipynb' }),
    /^Kernel of train\.ipynb, for 2 h; .*shut down/,
  ],
  [lease({ kind: 'process', pid: 4711 }), /^Process 4711, for 2 h; ends with the process/],
  [lease({ kind: 'manual' }, 5), /^A mount, since just now; ends by: forebay unmount x@v3/],
])('who holds a version is said with what ends it', (one, sentence) => {
  expect(holderSentence(one, now)).toMatch(sentence);
});
