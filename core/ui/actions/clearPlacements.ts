import { isForebayError } from '../../src/api/errors.ts';
import { formatRef } from '../../src/api/ref.ts';
import type { Placement } from '../../src/api/schemas.ts';
import { formatPart } from '../../src/api/selection.ts';
import type { Actor, NoteAction } from '../host.ts';
import { holderSentence } from '../lease/holders.ts';
import { fillAction } from './fillVersion.ts';
import { followJob } from './followJob.ts';
import { keepPinned } from './pinPlacement.ts';

/** Takes what is cached out of its caches; undone by filling it again. What is in use stays, and who uses it is said. */
export async function clearPlacements(actor: Actor, placements: readonly Placement[]): Promise<void> {
  for (const placement of placements) await clearPlacement(actor, placement);
}

async function clearPlacement(actor: Actor, placement: Placement): Promise<void> {
  const { client, notify } = actor;
  const { dataset, version, selection, cache, pinned } = placement;
  const name = formatPart(dataset, version, selection);
  let unpinned = false;
  try {
    if (pinned && !(await agreesToUnpin(actor, name, cache))) return;
    if (pinned) {
      await client.placements.unpin(placement.id);
      unpinned = true;
    }
    const job = await client.placements.remove(placement.id);
    await followJob(actor, job.id);
    if (placement.state !== 'ready') return;
    notify({ kind: 'done', text: `${name} was cleared from ${cache}.`, actions: [undo(actor, placement)] });
  } catch (error) {
    // It stays, so does the wish that it stays.
    if (unpinned) await keepPinned(actor, placement.id);
    if (isForebayError(error, 'cancelled')) return;
    if (isForebayError(error, 'in-use')) await sayHolders(actor, placement, error);
    else
      notify({
        kind: 'failed',
        error,
        actions: [
          {
            label: 'Retry',
            act: () => void clearPlacement(actor, placement),
            deed: { does: 'clear', placement },
          },
        ],
      });
  }
}

function agreesToUnpin(actor: Actor, name: string, cache: string): Promise<boolean> {
  return actor.ask({
    title: `${name} is pinned`,
    body: [
      `Somebody wanted it to stay on ${cache}. Clearing it takes the pin away too; the lake still has it.`,
    ],
    agree: 'Unpin and clear',
  });
}

function undo(actor: Actor, { dataset, version, selection, cache, pinned }: Placement): NoteAction {
  const request = { ref: formatRef(dataset, version), cache, ...(selection ?? {}) };
  return fillAction(actor, 'Undo', request, { pin: pinned });
}

/** Who uses what can't be cleared now, and what ends that. */
async function sayHolders(actor: Actor, placement: Placement, refused: unknown): Promise<void> {
  const leases = (await actor.client.leases.list()).filter((lease) => lease.placement === placement.id);
  if (leases.length === 0) return actor.notify({ kind: 'failed', error: refused });
  const { dataset, version, selection } = placement;
  await actor.ask({
    title: `${formatPart(dataset, version, selection)} is in use`,
    body: [
      'It stays in the cache until nobody uses it:',
      ...leases.map((lease) => holderSentence(lease, Date.now())),
    ],
  });
}
