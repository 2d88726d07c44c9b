import { expect, test } from 'vitest';
import { job } from '../testing/examples.ts';
import { isShown, statusText } from './statusText.ts';

test('the status bar shows the daemon at rest, the job that runs and how many more', () => {
  expect(statusText('online', [])).toBe('$(forebay-level-full) Forebay');
  expect(statusText('online', [job({ state: 'queued', title: 'Later' }), job()])).toBe(
    '$(sync~spin) Filling chest-xray@v3 62% (+1)',
  );
  expect(statusText('offline', [job()])).toBe('$(forebay-level-cracked) Forebay: offline');
});

test('the status bar is there once Forebay is used, as a person wishes', () => {
  expect(isShown('always', 'idle', 0)).toBe(false);
  expect(isShown('always', 'online', 0)).toBe(true);
  expect(isShown('whileBusy', 'online', 0)).toBe(false);
  expect(isShown('whileBusy', 'online', 1)).toBe(true);
  expect(isShown('whileBusy', 'offline', 0)).toBe(true);
  expect(isShown('never', 'online', 1)).toBe(false);
});
