import fc from 'fast-check';
import { expect, test } from 'vitest';
import { artifactPath, placeBelow } from './place.ts';

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

/** Parts that a client or a script may send, the hostile ones often. */
const part = fc.oneof(
  fc.constantFrom('..', '.', '', 'a', 'C:', '\\', '\0', '~', '%2e%2e', '....', '-rf', 'forebay', 'a\nb', 'é'),
  fc.string({ maxLength: 8 }),
);
const name = fc.array(part, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('/'));

test('whatever its name, an artifact lies inside of its folder, or its name is refused', () => {
  fc.assert(
    fc.property(name, (relative) => {
      let found: string;
      try {
        found = artifactPath('/runs/0/one/artifacts', relative);
      } catch (error) {
        expect(error).toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
        return;
      }
      expect(found === '/runs/0/one/artifacts' || found.startsWith('/runs/0/one/artifacts/')).toBe(true);
      expect(found).not.toContain('\0');
      // No two names for one place, so that nothing is overwritten by a name that looks different.
      expect(found.slice('/runs/0/one/artifacts/'.length)).toBe(relative);
    }),
    { numRuns: 2000 },
  );
});
