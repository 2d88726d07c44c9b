import { expect, test } from 'vitest';
import { isSecret, withoutCredentials } from './codeIn.ts';

test.each([
  ['https://user:token@github.com/org/code.git', 'https://github.com/org/code.git'],
  ['https://github.com/org/code.git', 'https://github.com/org/code.git'],
  ['https://to@ken@host/a@b', 'https://host/a@b'],
  ['git@github.com:org/code.git', 'git@github.com:org/code.git'],
  ['/srv/code.git', '/srv/code.git'],
])('the remote %s is recorded as %s', (remote, recorded) => {
  expect(withoutCredentials(remote)).toBe(recorded);
});

test('files that hold secrets by custom are not kept', () => {
  expect(['.env', 'a/.env.local', 'id.pem', 'x/y.KEY', '.netrc'].every(isSecret)).toBe(true);
  expect(['env.py', 'keys.txt', 'a.environment', 'monkey'].some(isSecret)).toBe(false);
});
