import { expect, test } from 'vitest';
import { parseRunSource } from './runSource.ts';

test.each([
  ['mlruns', 'mlruns'],
  ['/data/mlruns', '/data/mlruns'],
  ['sqlite:///mlflow.db', 'mlflow.db'],
  ['sqlite:////data/mlflow.db', '/data/mlflow.db'],
  ['file:///data/my%20runs', '/data/my runs'],
  ['file:mlruns', 'mlruns'],
  ['C:\\mlruns', 'C:\\mlruns'],
])('%s is the store at %s', (text, path) => {
  expect(parseRunSource(text)).toBe(path);
});

test.each([
  ['https://me:secret@mlflow.example', /runs forward/],
  ['postgresql://me:secret@db/mlflow', /SQLite/],
])('%s is no store on this machine: what to do is said, and no password', (text, hint) => {
  const attempt = () => parseRunSource(text);
  expect(attempt).toThrow(
    expect.objectContaining({ code: 'bad-request', hint: expect.stringMatching(hint) }),
  );
  expect(attempt).not.toThrow(/secret/);
});
