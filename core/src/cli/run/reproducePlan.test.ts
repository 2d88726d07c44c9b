import { expect, test } from 'vitest';
import { blockTag, codeTag } from '../../api/run/runTags.ts';
import type { Run } from '../../api/schemas.ts';
import { planReproduction, type Recorded } from './reproducePlan.ts';

const tags = { [codeTag.commit]: 'c'.repeat(40), [codeTag.changed]: '2' };
const digest = `sha256:${'d'.repeat(64)}`;
const run: Run = {
  ...{ id: '1'.repeat(32), name: 'night', experiment: { id: '0', name: 'Default' }, state: 'finished' },
  ...{ user: 'ana', started: '2026-11-27T10:00:00Z', ended: '2026-11-27T11:00:00Z' },
  ...{ command: ['python', 'train.py'], folder: '/digits', host: 'here', exitCode: 0 },
  ...{ params: {}, metrics: {}, tags, deleted: false },
  datasets: [{ name: 'digits', digest, version: 2, cache: 'local' }],
};
const source = { repository: '/digits', prefix: '', submodules: [], ignored: [] };
const recorded = (change: Partial<Run>, rest: Partial<Recorded> = {}): Recorded => ({
  run: { ...run, ...change },
  source,
  diff: new Uint8Array(),
  gone: [],
  python: { executable: '/usr/bin/python3', version: '3.12.1' },
  ...{ requirements: 'numpy==2.4.6\n', lostPackages: [], lostPython: null, currentEnvironment: false },
  ...rest,
});

test('a run that is known whole is done again step by step, without a warning', () => {
  expect(planReproduction(recorded({}))).toEqual({
    steps: [
      'check out commit cccccccccc and what differed from it (2 files)',
      'mount digits@v2 (sha256:ddddddddddddd…)',
      'make a Python 3.12.1 environment with the recorded packages',
      'run python train.py with the environment variables of now',
    ],
    warnings: [],
    refusal: null,
  });
});

test.each([
  ['no commit', recorded({ tags: {} }, { source: undefined }), /not in a git repository/],
  [
    'changes left out',
    recorded({ tags: { ...tags, [codeTag.leftOut]: 'the diff\nbig.bin' } }),
    /are missing: the diff, big\.bin\./,
  ],
  [
    'data from elsewhere',
    recorded({ datasets: [{ name: 'web', digest: 'x', version: null, cache: null }] }),
    /doesn't keep may have changed: web\./,
  ],
  [
    'what git ignores',
    recorded({}, { source: { ...source, ignored: ['data/', 'b', 'c', 'd', 'e', 'f', 'g'] } }),
    /missing where it runs: data\/, b, c, d, e and 2 more\./,
  ],
  [
    'submodules',
    recorded({}, { source: { ...source, submodules: ['libs/nets'] } }),
    /not checked out: libs\/nets\./,
  ],
  ['no packages', recorded({}, { python: null }), /packages are not recorded: those of now are used/],
])('what can not be as it was is said: %s', (_, of, said) => {
  const { warnings, refusal } = planReproduction(of);
  expect(warnings).toEqual([expect.stringMatching(said)]);
  expect(refusal).toBeNull();
});

test.each([
  ['no command', recorded({ command: null }), /its command is not known/],
  [
    'a Python that is gone',
    recorded({}, { lostPython: 'It is gone.' }),
    /It is gone\. .*--current-environment/,
  ],
  ['a diff that is gone', recorded({}, { diff: undefined }), /cccccccccc is no longer whole .*code\.diff/],
  [
    'a commit that is gone',
    recorded({}, { source: undefined }),
    /Commit cccccccccc can't be had from \/digits/,
  ],
  [
    'a removed version',
    recorded({}, { gone: ['digits@v2'] }),
    /^digits@v2 was removed: what night read can't be had any more\.$/,
  ],
  [
    'a package of a file that is gone',
    recorded({}, { lostPackages: ['lungs @ file:///tmp/lungs.whl'] }),
    /can't be installed any more: lungs @ file:\/\/\/tmp\/lungs\.whl\. .* add --current-environment/,
  ],
  [
    'a cell',
    recorded({ command: ['look.ipynb'], tags: { ...tags, [blockTag]: 'true' } }),
    /a cell of the notebook look\.ipynb, .* run the cell again; .* forebay\/cell\.py/,
  ],
  [
    'a block of a script',
    recorded({ command: ['train.py'], tags: { [blockTag]: 'true' } }),
    /a block of train\.py, .* by forebay run/,
  ],
])('what can not be done at all is refused with what to do: %s', (_, of, said) => {
  expect(planReproduction(of).refusal).toMatch(said);
});
