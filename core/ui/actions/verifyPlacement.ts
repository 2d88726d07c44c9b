import { ForebayError, isForebayError } from '../../src/api/errors.ts';
import type { Placement, VerifyResult } from '../../src/api/schemas.ts';
import { formatPart } from '../../src/api/selection.ts';
import { formatBytes, formatCount } from '../../src/api/text/units.ts';
import type { Actor, NoteAction } from '../host.ts';
import { followJob } from './followJob.ts';

export const healing = 'It is healed from the lake once nobody uses it.';

/** Reads every cached byte again, and says what came of it. */
export async function verifyPlacement(actor: Actor, placement: Placement): Promise<void> {
  const { client, notify } = actor;
  try {
    const job = await client.placements.verify(placement.id);
    const { result } = await followJob(actor, job.id);
    const found = result as VerifyResult;
    const text = verifiedSentence(placement, found);
    if (found.ok) notify({ kind: 'done', text });
    else notify({ kind: 'failed', error: new ForebayError('damaged', text, healing) });
  } catch (error) {
    if (isForebayError(error, 'cancelled')) return;
    const retry: NoteAction = {
      label: 'Retry',
      act: () => void verifyPlacement(actor, placement),
      deed: { does: 'verify', placement },
    };
    notify({ kind: 'failed', error, actions: [retry] });
  }
}

/** 'Every byte of scans@v2 on local is right: 1,797 files, 38.2 GB.' */
export function verifiedSentence(placement: Placement, { ok, files, bytes, problems }: VerifyResult): string {
  const { dataset, version, selection, cache } = placement;
  const name = `${formatPart(dataset, version, selection)} on ${cache}`;
  if (ok) return `Every byte of ${name} is right: ${formatCount(files, 'file')}, ${formatBytes(bytes)}.`;
  const some = problems.slice(0, 2).map(({ path, problem }) => `${path} (${problem})`);
  return `${formatCount(problems.length, 'file')} of ${name} ${problems.length === 1 ? 'is' : 'are'} wrong: ${some.join(', ')}.`;
}
