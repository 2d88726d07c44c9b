import { aPlacement, now, secondsAgo } from '@forebay/core/api/testing';
import { levelOf } from '@forebay/core/ui/level/level';
import { placementSentences } from '@forebay/core/ui/level/placementSentences';
import { expect, test } from 'vitest';
import { canCache, canClear, primaryAction } from './versionActions.ts';

const actionOn = (...placements: Parameters<typeof levelOf>[0]) => primaryAction(levelOf(placements, []));

test('a version in the lake only, or that failed, can be cached', () => {
  expect(actionOn()).toEqual({ kind: 'cache' });
  expect(actionOn(aPlacement('x', 1, 'failed'))).toEqual({ kind: 'cache' });
});

test('a cached version can be cleared, and one that fills or waits cancelled', () => {
  expect(actionOn(aPlacement('x', 1, 'ready'))).toEqual({ kind: 'clear' });
  expect(actionOn(aPlacement('x', 1, 'filling', { job: 'j' }))).toEqual({ kind: 'cancel', job: 'j' });
  expect(actionOn(aPlacement('x', 1, 'queued', { job: 'j' }))).toEqual({ kind: 'cancel', job: 'j' });
  expect(actionOn(aPlacement('x', 1, 'evicting'))).toEqual({ kind: 'none' });
});

test('a cached version says how long it stays, or that it is in use', () => {
  const ready = (more: object) => placementSentences(levelOf([aPlacement('x', 1, 'ready', more)], []), now);
  expect(ready({ lastUsed: secondsAgo(7200), expires: secondsAgo(-22.5 * 3600) })).toEqual([
    'Last used 2 h ago, ages out in 22 h',
  ]);
  expect(ready({ expires: secondsAgo(-30) })).toEqual(['Last used 1 min ago, ages out soon']);
  expect(ready({ leases: 2 })).toEqual(['In use 2 times now']);
});

test('a failed version says why and what to do', () => {
  const problem = {
    type: '',
    title: '',
    status: 507,
    code: 'no-space',
    detail: 'No room.',
    hint: 'Clear some.',
  };
  expect(placementSentences(levelOf([aPlacement('x', 1, 'failed', { problem })], []), now)).toEqual([
    'No room.',
    'Clear some.',
  ]);
});

test('what a failed fill left can be tried again or cleared; what is under way neither', () => {
  const of = (state: 'failed' | 'filling' | 'ready') => {
    const level = levelOf([aPlacement('x', 1, state)], []);
    return [canCache(level), canClear(level)];
  };
  expect(of('failed')).toEqual([true, true]);
  expect(of('ready')).toEqual([false, true]);
  expect(of('filling')).toEqual([false, false]);
});
