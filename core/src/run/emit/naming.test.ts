import { expect, test } from 'vitest';
import { foreignName, jobName, lakeNamespace, runUuid } from './naming.ts';

test.each([
  ['s3://bucket/prefix', 's3://bucket/prefix'],
  ['/srv/my lake/ü', 'file://host/srv/my%20lake/%C3%BC'],
])('the lake %s is the namespace %s', (url, namespace) => {
  expect(lakeNamespace(url, 'host')).toBe(namespace);
});

test.each([
  [['python', 'train.py', '--lr', '1'], 'lungs.train.py'],
  [['/usr/bin/python3.12', '-u', 'src/train.py'], 'lungs.train.py'],
  [['python', '-m', 'pkg.train'], 'lungs.pkg.train'],
  [['python', '-c', 'secret'], 'lungs.python'],
  [['sh', '-c', 'echo'], 'lungs.sh'],
  [['./bin/fit', 'data'], 'lungs.fit'],
  [['python'], 'lungs.python'],
  [[], 'lungs'],
])('the job of %j is %s', (command, name) => {
  expect(jobName('lungs', command)).toBe(name);
});

test.each([
  ['{"uri":"s3://bucket/a/b%20c.csv"}', { namespace: 's3://bucket', name: 'a/b c.csv' }],
  ['{"url":"https://example.org/x?y"}', { namespace: 'https://example.org', name: 'x' }],
  ['{"uri":"https://example.org/%zz"}', { namespace: 'https://example.org', name: '%zz' }],
  ['{"uri":"/local/file"}', { namespace: 'here', name: 'given' }],
  ['{"uri":7}', { namespace: 'here', name: 'given' }],
  ['null', { namespace: 'here', name: 'given' }],
  ['no json', { namespace: 'here', name: 'given' }],
])('the source %s is named %j', (source, name) => {
  expect(foreignName('given', source, 'here')).toEqual(name);
});

test("a run's id is a UUID", () => {
  expect(runUuid('0123456789abcdef0123456789abcdef')).toBe('01234567-89ab-cdef-0123-456789abcdef');
  expect(runUuid('anything')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});
