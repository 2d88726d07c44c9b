import { commands } from 'vscode';
import type { PlacementsModel } from './levels/PlacementsModel.ts';
import type { RunsModel } from './runs/RunsModel.ts';

/**
 * What `when` clauses ask: whether no cache is known to hold anything (before caches were read, verbs for what lies
 * there are offered all the same), and which runs the tree shows.
 */
export function followContextKeys(placements: PlacementsModel, runs: RunsModel): void {
  const known = new Map<string, boolean>();
  const tell = (key: string, value: boolean) => {
    if (known.get(key) === value) return;
    known.set(key, value);
    void commands.executeCommand('setContext', key, value);
  };
  placements.changed.listen(() => {
    const nothing = !placements.all.some(({ state }) => state === 'ready' || state === 'failed');
    tell('forebay.nothingCached', nothing);
  });
  runs.changed.listen(() => {
    tell('forebay.archivedShown', runs.archivedShown);
    tell('forebay.onlyArchivedRuns', runs.onlyArchived);
  });
}
