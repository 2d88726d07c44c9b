import { commands } from 'vscode';
import type { JobsModel } from './jobs/JobsModel.ts';
import type { PlacementsModel } from './levels/PlacementsModel.ts';

/** What `when` clauses ask besides a row's own context: whether anything is cached, and whether a job runs. */
export function followContextKeys(placements: PlacementsModel, jobs: JobsModel): void {
  const cached = keyOf('forebay.cached');
  const busy = keyOf('forebay.busy');
  placements.changed.listen(() => cached(placements.all.some(({ state }) => state === 'ready')));
  jobs.changed.listen(() => busy(jobs.running.size > 0));
}

/** Sets a key of the editor, but only where it changes. */
function keyOf(name: string): (value: boolean) => void {
  let known: boolean | undefined;
  return (value) => {
    if (value === known) return;
    known = value;
    void commands.executeCommand('setContext', name, value);
  };
}
