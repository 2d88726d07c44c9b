import { expect, test } from 'vitest';
import { now, run } from '../testing/examples.ts';
import { factsOf, nextRunAge, runRow } from './runRow.ts';

test('a run says how it went, what it measured and when', () => {
  expect(runRow(run(), now)).toMatchObject({
    label: 'keen-creek-417',
    description: 'accuracy 0.9812 · loss NaN · 1 h ago',
    icon: 'pass',
    spoken: 'Run keen-creek-417, finished, with chest-xray@v3',
    context: 'run.finished',
  });
  expect(runRow(run({ state: 'failed', exitCode: 1, metrics: {} }), now).description).toBe(
    'failed · 1 h ago',
  );
  expect(runRow(run({ state: 'running', ended: null, metrics: {} }), now).description).toBe('running · 2 h');
});

test('a run with a star, or from the archive, says so in every way', () => {
  const tags = { 'forebay.starred': 'true', 'forebay.archived': 'true' };
  expect(runRow(run({ tags, metrics: {} }), now)).toMatchObject({
    description: '★ · archived · 1 h ago',
    spoken: 'Run keen-creek-417, finished, starred, archived, with chest-xray@v3',
    context: 'run.finishedStarredArchived',
  });
});

test('its tooltip names the command as it was, and nothing in it is taken for markup', () => {
  const { tooltip } = runRow(run({ name: 'a*b', command: ['sh', '-c', 'echo `date`'] }), now);
  expect(tooltip).toContain('**a\\*b**');
  expect(tooltip).toContain("`sh -c echo 'date'`");
});

test('its facts are its data, what it measured, and what it was told', () => {
  expect(factsOf(run()).map(({ title, value }) => [title, value])).toEqual([
    ['chest-xray@v3', 'from cache gpu-hall'],
    ['accuracy', '0.9812'],
    ['loss', 'NaN'],
    ['depth', '3'],
  ]);
});

test('ages are told anew when they say something else: of a run that goes on each second', () => {
  const running = run({ state: 'running', ended: null });
  const ended = run({ ended: new Date(now - 90_000).toISOString() });
  expect(nextRunAge([], now)).toBeUndefined();
  expect(nextRunAge([ended], now)).toBe(30_000);
  expect(nextRunAge([ended, running], now + 250)).toBe(750);
});
