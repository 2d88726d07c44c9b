import { ForebayError, isForebayError } from '../../src/api/errors.ts';
import type { Job, Placement, VerifyResult } from '../../src/api/schemas.ts';
import { formatBytes, formatCount } from '../../src/api/text/units.ts';
import type { Actor } from '../host.ts';
import { healing, verifiedSentence } from './verifyPlacement.ts';

interface Watch {
  /** Aborted: what is read now is stopped, and nothing more begun. */
  signal: AbortSignal;
  /** The placement that is read now is the `at`th. */
  onProgress: (at: number, job: Job) => void;
}

/** Reads every cached byte of a cache again, a version after the other for its one disk, and says once what came of it. */
export async function verifyPlacements(
  { client, notify }: Pick<Actor, 'client' | 'notify'>,
  placements: readonly Placement[],
  { signal, onProgress }: Watch,
): Promise<void> {
  const found: VerifyResult[] = [];
  const wrong: string[] = [];
  const read = async (placement: Placement, at: number) => {
    const { id } = await client.placements.verify(placement.id);
    const { result } = await client.jobs.complete(id, { signal, onProgress: (job) => onProgress(at, job) });
    const verified = result as VerifyResult;
    found.push(verified);
    if (!verified.ok) wrong.push(verifiedSentence(placement, verified));
  };
  for (const [at, placement] of placements.entries()) {
    if (signal.aborted) break;
    try {
      await read(placement, at);
    } catch (error) {
      // Cleared meanwhile, or stopped: by this signal or where jobs are listed.
      if (!isForebayError(error, 'not-cached', 'cancelled')) return notify({ kind: 'failed', error });
    }
  }
  if (wrong.length > 0) {
    notify({ kind: 'failed', error: new ForebayError('damaged', wrong.join(' '), healing) });
  } else if (signal.aborted) {
    notify({
      kind: 'info',
      text: `Stopped after ${found.length} of ${formatCount(placements.length, 'version')}.${found.length > 0 ? ' Every byte so far is right.' : ''}`,
    });
  } else notify({ kind: 'done', text: rightSentence(found) });
}

/** 'Every byte of 3 versions is right: 1,797 files, 38.2 GB.' */
function rightSentence(found: readonly VerifyResult[]): string {
  const files = found.reduce((sum, each) => sum + each.files, 0);
  const bytes = found.reduce((sum, each) => sum + each.bytes, 0);
  return `Every byte of ${formatCount(found.length, 'version')} is right: ${formatCount(files, 'file')}, ${formatBytes(bytes)}.`;
}
