import { expect, test } from 'vitest';
import { job } from '../testing/examples.ts';
import { statusText } from './statusText.ts';

test('the status bar shows the daemon at rest, the job that runs and how many more', () => {
  expect(statusText('online', [])).toBe('$(forebay-level-full) Forebay');
  expect(statusText('online', [job({ state: 'queued', title: 'Later' }), job()])).toBe(
    '$(sync~spin) Filling chest-xray@v3 62% (+1)',
  );
  expect(statusText('offline', [job()])).toBe('$(forebay-level-cracked) Forebay: offline');
});
