import type { Run } from '../../src/api/schemas.ts';
import type { Actor } from '../host.ts';
import { changeRuns, type RunVerb } from '../runs/changeRuns.ts';

/** Stars, archives or deletes runs, and says so with a way back. */
export async function actOnRuns(
  { client, notify }: Actor,
  verb: RunVerb,
  runs: readonly Run[],
): Promise<void> {
  const fail = (error: unknown) => notify({ kind: 'failed', error });
  const { text, undo, failed, error } = await changeRuns(client, verb, runs, fail);
  const actions = undo ? [{ label: 'Undo', act: undo }] : [];
  notify(failed ? { kind: 'failed', error, actions } : { kind: 'done', text, actions });
}
