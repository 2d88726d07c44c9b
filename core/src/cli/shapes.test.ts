import { expect, test } from 'vitest';
import type { Lease, Placement, SyncResult, Version } from '../api/schemas.ts';
import { logLine, mountLine, placementLine, syncLine } from './shapes.ts';

/** Answers every field that is asked for, and some more. */
const anything = new Proxy({}, { get: (_, field) => (field === 'selection' ? null : String(field)) });
const fields = (shape: object) => Object.keys(shape).join(' ');

test('the shapes that outside scripts rely on have exactly these fields', () => {
  expect(fields(syncLine(anything as SyncResult))).toBe(
    'dataset version digest files bytes added changed removed uploadedBytes',
  );
  expect(fields(logLine(anything as Version))).toBe(
    'version digest parents author message time files bytes tags added changed removed',
  );
  expect(fields(placementLine(anything as Placement))).toBe(
    'dataset version digest cache site state files bytes path lastUsed expires pinned leases',
  );
  expect(mountLine(anything as Lease, '/p')).toEqual({
    dataset: 'dataset',
    version: 'version',
    path: '/p',
    cache: 'cache',
    leaseId: 'id',
  });
});
