import { ForebayError } from '../../src/api/errors.ts';
import type { Placement } from '../../src/api/schemas.ts';
import { type FillRequest, fillVersion } from '../actions/fillVersion.ts';
import type { Actor } from '../host.ts';

interface Seen {
  pin: boolean;
  /** Somebody still looks at the form; else the editor says it. */
  here: () => boolean;
  /** From here on its progress is shown, and how it ends. */
  onStart: (placement: Placement) => void;
  /** What shows nowhere else: it did not start, or could not be pinned. */
  onProblem: (error: ForebayError) => void;
}

/** Fills before somebody's eyes, who have seen what is pushed out. */
export function fillSeen(actor: Actor, request: FillRequest, seen: Seen): Promise<void> {
  const { here, onStart, onProblem } = seen;
  let started = false;
  const pin = async ({ id }: Placement) => {
    try {
      await actor.client.placements.pin(id);
    } catch (error) {
      if (here()) onProblem(ForebayError.from(error));
      else actor.notify({ kind: 'failed', error });
    }
  };
  return fillVersion(actor, request, {
    agreed: true,
    started: (placement) => {
      started = true;
      onStart(placement);
      if (seen.pin) void pin(placement);
    },
    sayReady: () => !here(),
    sayFailure: (error) => {
      if (!here()) return true;
      if (!started) onProblem(ForebayError.from(error));
      return false;
    },
  });
}
