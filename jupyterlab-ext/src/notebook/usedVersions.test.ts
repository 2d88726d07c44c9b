import { expect, test } from 'vitest';
import { usedVersions } from './usedVersions.ts';

const mount = (dataset: string, version: number) => ({
  ...{ dataset, version, digest: `sha256:${version}` },
  ...{ path: '/cache/x', cache: 'local', newest: 9 },
});

test('versions are named once each, in their order, without what only this machine knows', () => {
  expect(usedVersions([mount('x', 10), mount('digits', 2), mount('x', 9), mount('x', 10)])).toEqual([
    { dataset: 'digits', version: 2, digest: 'sha256:2' },
    { dataset: 'x', version: 9, digest: 'sha256:9' },
    { dataset: 'x', version: 10, digest: 'sha256:10' },
  ]);
});

test.each([null, 'x', 7, [], {}, { ...mount('x', 1), version: '1' }, { ...mount('x', 1), digest: null }])(
  '%j is no mount',
  (data) => {
    expect(usedVersions([data])).toEqual([]);
  },
);
