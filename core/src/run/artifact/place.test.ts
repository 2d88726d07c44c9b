import { expect, test } from 'vitest';
import { placeBelow } from './place.ts';

test.each([
  ['mlflow-artifacts:/0', 'mlflow-artifacts:/0/run/artifacts'],
  ['s3://bucket/base/', 's3://bucket/base/run/artifacts'],
  ['/data/why?/#1', '/data/why?/#1/run/artifacts'],
  [
    'mysql://user:password@host:1/name?driver=mine#part',
    'mysql://user:password@host:1/name/run/artifacts?driver=mine#part',
  ],
])('the artifacts of a run in %s', (location, expected) => {
  expect(placeBelow(location, 'run/artifacts')).toBe(expected);
});
