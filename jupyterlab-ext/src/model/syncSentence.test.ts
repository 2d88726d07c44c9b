import type { SyncResult } from '@forebay/core/api/schemas';
import { expect, test } from 'vitest';
import { syncSentence } from './syncSentence.ts';

const result = (more: Partial<SyncResult>): SyncResult => ({
  dataset: 'scans',
  version: 2,
  digest: 'sha256:00',
  files: 1797,
  bytes: 1_900_000,
  added: 0,
  changed: 0,
  removed: 0,
  uploadedBytes: 0,
  resumedBytes: 0,
  ...more,
});

test('a sync says what it made and what changed', () => {
  expect(syncSentence(result({ added: 1200, removed: 3 }))).toBe(
    'scans@v2: 1,797 files, 1.9 MB (+1,200 added, ~0 changed, −3 removed).',
  );
});

test('a sync of an unchanged folder says that no version was made', () => {
  expect(syncSentence(result({}))).toBe('Nothing has changed since scans@v2.');
});
