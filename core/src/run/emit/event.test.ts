import { expect, test } from 'vitest';
import type { Run } from '../runs.ts';
import { type RunFacts, runEvent } from './event.ts';

const run: Run = {
  ...{ id: 'a'.repeat(32), experiment_id: '0', name: 'first', user: 'u', status: 'FAILED', stage: 'active' },
  ...{
    start_time: 0,
    end_time: 1000,
    artifact_uri: '',
    params: [{ key: 'lr', value: '0.1' }],
  },
  ...{ tags: [], metrics: [], models: [], inputs: [] },
};
const facts: RunFacts = {
  ...{ run, scope: 'lungs', command: ['python', 'train.py'], exitCode: 3, outputs: [], parent: null },
  ...{ place: { folder: '/home/ana/my code', host: 'gpu' }, lastLine: 'ValueError: no', lake: 's3://bucket' },
};
interface Event {
  run: { facets: Record<string, object> };
  job: { facets: Record<string, object> };
}
const eventOf = (changed: Partial<RunFacts> = {}, moment: 'began' | 'ended' = 'ended') =>
  runEvent(moment, { ...facts, ...changed }) as Event;

test.each([
  ['began', 'FAILED', 'START', '1970-01-01T00:00:00.000Z'],
  ['ended', 'FINISHED', 'COMPLETE', '1970-01-01T00:00:01.000Z'],
  ['ended', 'FAILED', 'FAIL', '1970-01-01T00:00:01.000Z'],
  ['ended', 'KILLED', 'ABORT', '1970-01-01T00:00:01.000Z'],
] as const)('a run that %s and is %s sends %s', (moment, status, eventType, eventTime) => {
  expect(eventOf({ run: { ...run, status } }, moment)).toMatchObject({ eventType, eventTime });
});

test('a failure says how and why, a success nothing', () => {
  expect(eventOf().run.facets.errorMessage).toMatchObject({
    message: 'It failed, exit code 3. ValueError: no',
    programmingLanguage: 'PYTHON',
  });
  expect(eventOf({ run: { ...run, status: 'FINISHED' } }).run.facets.errorMessage).toBeUndefined();
  expect(eventOf({}, 'began').run.facets.errorMessage).toBeUndefined();
});

test.each([
  ['git@github.com:org/code.git', 'ssh://git@github.com/org/code.git'],
  ['https://github.com/org/code.git', 'https://github.com/org/code.git'],
  ['ssh://git@host:22/x y', 'ssh://git@host:22/x%20y'],
  [undefined, 'file:///home/ana/my%20code'],
])('code of the repository %s lies at %s', (repository, url) => {
  const tags = [
    { key: 'mlflow.source.git.commit', value: 'c0ffee' },
    ...(repository === undefined ? [] : [{ key: 'mlflow.source.git.repoURL', value: repository }]),
  ];
  expect(eventOf({ run: { ...run, tags } }).job.facets.sourceCodeLocation).toMatchObject({
    type: 'git',
    url,
    version: 'c0ffee',
  });
});

test('a run below another names it', () => {
  expect(eventOf({ parent: { id: 'b'.repeat(32), job: 'lungs.sweep' } }).run.facets.parent).toMatchObject({
    run: { runId: 'bbbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbbbb' },
    job: { namespace: 's3://bucket', name: 'lungs.sweep' },
  });
});
