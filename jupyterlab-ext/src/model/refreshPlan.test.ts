import type { ChangeEvent } from '@forebay/core/api/schemas';
import { describe, expect, test } from 'vitest';
import { isEmptyPlan, mergePlans, nothing, planRefresh, refreshAll } from './refreshPlan.ts';

const event = (kind: ChangeEvent['kind'], subject = ''): ChangeEvent => ({ id: 1, kind, subject });
const opened = new Set(['a', 'b']);

describe('after changes', () => {
  test('only what changed is read again', () => {
    expect(planRefresh([event('job')], opened)).toEqual({
      status: true,
      placements: false,
      datasets: false,
      runs: false,
      versions: [],
    });
    expect(planRefresh([event('dataset', 'b'), event('dataset', 'c')], opened)).toEqual({
      status: false,
      placements: false,
      datasets: true,
      runs: false,
      versions: ['b'],
    });
    expect(planRefresh([event('run')], opened)).toEqual({ ...nothing, runs: true });
    expect(planRefresh([event('placement'), event('lease')], opened)).toMatchObject({
      status: true,
      placements: true,
      datasets: false,
    });
  });

  test.each(['reset', 'lake'] as const)('a %s means everything', (kind) => {
    expect(planRefresh([event('job'), event(kind)], opened)).toEqual(refreshAll(opened));
  });

  test('what is asked for twice is read once', () => {
    const jobs = { ...nothing, status: true };
    const versions = { ...nothing, versions: ['a', 'b'] };
    expect(mergePlans(jobs, mergePlans(versions, { ...nothing, versions: ['b'] }))).toEqual({
      status: true,
      placements: false,
      datasets: false,
      runs: false,
      versions: ['a', 'b'],
    });
  });

  test('no change means no reading', () => {
    expect(isEmptyPlan(planRefresh([], opened))).toBe(true);
  });
});
