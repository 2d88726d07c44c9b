import { expect, test } from 'vitest';
import { authorizationFor } from './credentials.ts';
import { failureOf, ServerAway, ServerRefusal } from './server.ts';
import { checkTarget } from './target.ts';

const url = 'https://mlflow.example';

test.each([
  ['a token', { MLFLOW_TRACKING_TOKEN: 't' }, 'Bearer t'],
  [
    'a name and a password',
    { MLFLOW_TRACKING_USERNAME: 'me', MLFLOW_TRACKING_PASSWORD: 'p' },
    'Basic bWU6cA==',
  ],
  ['nothing', {}, undefined],
  ['a token of this very server', { MLFLOW_TRACKING_URI: `${url}/`, MLFLOW_TRACKING_TOKEN: 't' }, 'Bearer t'],
  [
    'a token of another server',
    { MLFLOW_TRACKING_URI: 'https://other', MLFLOW_TRACKING_TOKEN: 't' },
    undefined,
  ],
  ['our own token', { MLFLOW_TRACKING_TOKEN: 'own.run' }, undefined],
])('an environment with %s sends what is meant for this server', (_, env, expected) => {
  expect(authorizationFor(url, env as NodeJS.ProcessEnv, 'own')).toBe(expected);
});

test.each(['mlflow.example', 'ftp://x', 'https://me:secret@mlflow.example', 'https://x?token=secret'])(
  '%s is no address to keep',
  (text) => {
    expect(() => checkTarget(text)).toThrow(expect.objectContaining({ code: 'bad-request' }));
  },
);

test('an address is kept without a slash at its end', () => {
  expect(checkTarget('https://mlflow.example/team/')).toBe('https://mlflow.example/team');
});

test.each([
  [401, undefined, ServerAway],
  [302, undefined, ServerAway],
  [200, undefined, ServerAway],
  [503, { error_code: 'TEMPORARILY_UNAVAILABLE' }, ServerAway],
  [400, { error_code: 'INVALID_PARAMETER_VALUE', message: 'no' }, ServerRefusal],
  [500, { error_code: 'INTERNAL_ERROR', message: 'no' }, ServerRefusal],
])('status %i with %j is waited out or is a refusal', (status, answer, kind) => {
  expect(failureOf(url, status, answer)).toBeInstanceOf(kind);
});
