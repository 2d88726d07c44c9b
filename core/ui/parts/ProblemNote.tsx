import type { ForebayError } from '../../src/api/errors.ts';

/** What was asked for here and failed, below where it was asked for. */
export function ProblemNote({ error }: { error: ForebayError }) {
  return (
    <div className="fb-face-error fb-problem-note" role="alert">
      <p>{error.message}</p>
      {error.hint !== undefined && <p className="fb-dim">{error.hint}</p>}
    </div>
  );
}
