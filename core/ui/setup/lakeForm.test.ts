import { expect, test } from 'vitest';
import { emptyLakeForm, lakeRequestOf } from './lakeForm.ts';
import { credentialsOf, noCredentials } from './typedCredentials.ts';

const bucket = { ...emptyLakeForm(''), kind: 'bucket' as const, bucket: 'data' };

test.each([
  [emptyLakeForm(' /data/lake '), { url: '/data/lake' }],
  [emptyLakeForm(' '), undefined],
  [bucket, { url: 's3://data' }],
  [{ ...bucket, bucket: 's3://data/team/', prefix: '/lake/' }, { url: 's3://data/team/lake' }],
  [
    { ...bucket, endpoint: ' https://grid:8333 ', region: 'eu-1' },
    { url: 's3://data', endpoint: 'https://grid:8333', region: 'eu-1' },
  ],
  [{ ...bucket, bucket: ' ' }, undefined],
  [{ ...bucket, credentials: { ...noCredentials, from: 'typed' as const, id: 'AK' } }, undefined],
  [
    { ...bucket, credentials: { from: 'typed' as const, id: 'AK ', secret: ' s', token: '' } },
    { url: 's3://data', credentials: { accessKeyId: 'AK', secretAccessKey: 's' } },
  ],
  // What was typed and then not chosen goes nowhere.
  [
    { ...bucket, credentials: { from: 'environment' as const, id: 'AK', secret: 's', token: '' } },
    { url: 's3://data' },
  ],
])('what is written is asked for as it is meant', (form, request) => {
  expect(lakeRequestOf(form)).toEqual(request);
});

test.each([
  { id: '', secret: '' },
  { id: 'AK', secret: ' ' },
  { id: ' ', secret: 's' },
])('half of the keys are no credentials', (keys) => {
  expect(credentialsOf({ ...noCredentials, from: 'typed', ...keys })).toBeUndefined();
});
