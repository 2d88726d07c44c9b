import { isForebayError } from '../../src/api/errors.ts';
import type { Placement } from '../../src/api/schemas.ts';
import { formatPart } from '../../src/api/selection.ts';
import type { Actor, NoteAction } from '../host.ts';

/** Keeps what is cached until it is unpinned, or lets it age out again; either can be undone. */
export async function pinPlacement(actor: Actor, placement: Placement, pinned: boolean): Promise<void> {
  const { client, notify } = actor;
  const { id, dataset, version, selection, cache } = placement;
  const name = formatPart(dataset, version, selection);
  try {
    await (pinned ? client.placements.pin(id) : client.placements.unpin(id));
    notify({
      kind: 'done',
      text: pinned
        ? `${name} is pinned: it stays on ${cache} until you unpin it.`
        : `${name} is no longer pinned: it ages out of ${cache} when nobody uses it.`,
      actions: [pinAction(actor, 'Undo', placement, !pinned)],
    });
  } catch (error) {
    notify({ kind: 'failed', error });
  }
}

export const pinAction = (
  actor: Actor,
  label: string,
  placement: Placement,
  pinned: boolean,
): NoteAction => ({
  label,
  act: () => void pinPlacement(actor, placement, pinned),
  deed: { does: 'pin', placement, pinned },
});

/** Pins what is pinned by another action's leave; says only what fails. What is gone meanwhile needs no pin. */
export async function keepPinned({ client, notify }: Actor, id: string): Promise<void> {
  await client.placements.pin(id).catch((error: unknown) => {
    if (!isForebayError(error, 'not-cached')) notify({ kind: 'failed', error });
  });
}
