import { ForebayError } from '../../src/api/errors.ts';
import type { Placement } from '../../src/api/schemas.ts';
import { type FillRequest, fillVersion } from '../actions/fillVersion.ts';
import type { Actor, Note } from '../host.ts';

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
  const notify = (note: Note) => {
    if (here() && note.kind === 'failed') onProblem(ForebayError.from(note.error));
    else actor.notify(note);
  };
  return fillVersion({ ...actor, notify }, request, {
    agreed: true,
    pin: seen.pin,
    started: (placement) => {
      started = true;
      onStart(placement);
    },
    sayReady: () => !here(),
    // Where it has started, its progress says how it ended.
    sayFailure: () => !here() || !started,
  });
}
