import type { Run } from '../../src/api/schemas.ts';
import { PatchView } from '../diff/PatchView.tsx';
import { never, useLive } from '../live/useLive.ts';
import { FailureFace, Skeleton } from '../parts/Faces.tsx';

/** What the second run's code has that the first one's hasn't. */
export function CodeDiffView({ before, after }: { before: Run; after: Run }) {
  const { value, failure, reload } = useLive(({ runs }) => runs.codeDiff(before.id, after.id), never, [
    before.id,
    after.id,
  ]);
  if (failure && !value) return <FailureFace failure={failure} onRetry={reload} known={false} />;
  if (!value) return <Skeleton label="Comparing the code" />;
  if (value.patch === null) return <p className="fb-dim">{value.why}</p>;
  if (value.patch === '') return <p className="fb-dim">Both ran the same code.</p>;
  return <PatchView patch={value.patch} />;
}
