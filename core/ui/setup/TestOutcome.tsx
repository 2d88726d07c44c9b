import type { Check } from '../../src/api/schemas.ts';
import { ProblemNote } from '../parts/ProblemNote.tsx';
import { CheckList } from './CheckList.tsx';
import type { Test } from './useTest.ts';

/** What a test found, with its verdict first; while it runs, a way to give it up. */
export function TestOutcome<T extends { ok: boolean; checks: Check[] }>({
  test,
  verdict,
}: TestOutcomeProps<T>) {
  const { tested, forget } = test;
  return (
    <div className="fb-test" role="status">
      {tested.state === 'running' && (
        <p className="fb-test-line">
          <progress className="fb-progress" aria-label="Testing" />
          <span>Testing…</span>
          <button type="button" className="fb-button" onClick={forget}>
            Cancel
          </button>
        </p>
      )}
      {tested.state === 'failed' && <ProblemNote error={tested.error} />}
      {tested.state === 'done' && (
        <>
          <p className={tested.found.ok ? '' : 'fb-problem'}>
            <strong>{verdict(tested.found)}</strong>
          </p>
          <CheckList checks={tested.found.checks} label="What was tried" />
        </>
      )}
    </div>
  );
}

interface TestOutcomeProps<T> {
  test: Test<T>;
  verdict: (found: T) => string;
}
