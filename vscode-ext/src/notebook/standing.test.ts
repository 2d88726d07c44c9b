import { describe, expect, test } from 'vitest';
import { dataset, now, placement, version } from '../testing/examples.ts';
import { datasetCandidates, selectorCandidates } from './candidates.ts';
import { lensTexts } from './lensTexts.ts';
import { standingOf } from './standing.ts';

const datasets = [dataset()];
const versions = [version(), version({ version: 2, tags: ['clean'], digest: 'sha256:0123456789ab' })];
const standing = (selector: string | null, name = 'chest-xray') =>
  standingOf({ kind: 'mount', name, selector, start: 0, end: 0 }, { datasets, versions });
const titles = (selector: string | null, level: Parameters<typeof lensTexts>[1], name?: string) =>
  lensTexts(standing(selector, name), level, now).map(({ title }) => title);

describe('above a mount', () => {
  test('stands which version it is, where it is, and what can be done', () => {
    expect(titles('v3', { kind: 'lake' })).toEqual([
      '$(forebay-level-empty)\u00a0chest-xray@v3 · 38.2 GB · 2 h · not cached',
      'Cache now',
    ]);
    expect(titles(null, { kind: 'ready', placement: placement() })).toEqual([
      '$(forebay-level-full)\u00a0chest-xray@v3 · 38.2 GB · 2 h · cached on gpu-hall',
    ]);
    const filling = { kind: 'filling' as const, placement: placement(), job: undefined, percent: 62 };
    expect(titles('clean', filling)).toEqual([
      '$(forebay-level-70)\u00a0chest-xray@v2 · 38.2 GB · 2 h · filling 62%',
      'Cancel',
      'v3 is newer',
    ]);
  });

  test('stands what is wrong with a name, and the way out', () => {
    expect(titles('v3', { kind: 'lake' }, 'chest')).toEqual(['$(warning)\u00a0There is no dataset chest']);
    expect(titles('v9', { kind: 'lake' })).toEqual([
      '$(warning)\u00a0There is no chest-xray@v9',
      'Use v3, the newest',
    ]);
  });

  test('stands nothing before it is known', () => {
    const mention = { kind: 'mount', name: 'chest-xray', selector: 'v3', start: 0, end: 0 } as const;
    expect(standingOf(mention, { datasets: null, versions: null })).toEqual({ kind: 'unread' });
    expect(standingOf(mention, { datasets, versions: null })).toEqual({ kind: 'unread' });
  });
});

test('a version is meant by its number, a tag, its digest, or as the newest', () => {
  const number = (selector: string | null) => {
    const found = standing(selector);
    return found.kind === 'there' ? found.number : found.kind;
  };
  expect(['v2', 'clean', 'sha256-01234567', 'latest', null, 'v1', 'v4', 'other'].map(number)).toEqual([
    ...[2, 2, 2, 3, 3, 1, 'no-version', 'no-version'],
  ]);
});

test('what may be typed comes with its size, age and cached state', () => {
  const lake = () => ({ kind: 'lake' as const });
  expect(datasetCandidates([dataset({ description: 'Chests' })], lake, now)).toEqual([
    { text: 'chest-xray', detail: 'v3 · 38.2 GB · 2 h · not cached', about: 'Chests' },
  ]);
  expect(selectorCandidates(versions, lake, now).map(({ text, detail }) => `${text}: ${detail}`)).toEqual([
    'v3: 38.2 GB · 2 h · not cached',
    'v2: 38.2 GB · 2 h · not cached',
    'latest: v3 · 38.2 GB · 2 h · not cached',
    'raw: v3 · 38.2 GB · 2 h · not cached',
    'clean: v2 · 38.2 GB · 2 h · not cached',
  ]);
});
