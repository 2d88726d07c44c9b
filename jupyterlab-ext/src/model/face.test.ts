import { type ErrorCode, ForebayError } from '@forebay/core/api/errors';
import { aDataset } from '@forebay/core/api/testing';
import { describe, expect, test } from 'vitest';
import { aSnapshot } from './examples.ts';
import { faceOf } from './face.ts';
import { emptySnapshot } from './snapshot.ts';

const failing = (code: ErrorCode, loaded: boolean) =>
  faceOf(aSnapshot({ loaded, failure: { error: new ForebayError(code, 'x'), since: 1 } }));

describe('the side bar has a face for', () => {
  test('loading, an empty lake and a list', () => {
    expect(faceOf(emptySnapshot).kind).toBe('loading');
    expect(faceOf(aSnapshot()).kind).toBe('empty');
    expect(faceOf(aSnapshot({ datasets: [aDataset('a', 1)] })).kind).toBe('list');
  });

  test('being offline, over the last known state where there is one', () => {
    expect(failing('daemon-unreachable', true)).toMatchObject({ kind: 'offline', stale: true });
    expect(failing('daemon-unreachable', false)).toMatchObject({ kind: 'offline', stale: false });
  });

  test('not being allowed, where nothing is shown any more', () => {
    expect(failing('unauthenticated', true)).toMatchObject({ kind: 'not-allowed', stale: false });
  });

  test('any other failure', () => {
    expect(failing('lake-unreachable', true)).toMatchObject({ kind: 'error', stale: true });
  });
});
