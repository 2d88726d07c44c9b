import { commands } from 'vscode';
import type { PlacementsModel } from './levels/PlacementsModel.ts';

/**
 * What `when` clauses of the palette ask: whether no cache is known to hold anything. Before caches were read, verbs for
 * what lies there are offered all the same.
 */
export function followContextKeys(placements: PlacementsModel): void {
  let known: boolean | undefined;
  placements.changed.listen(() => {
    const nothing = !placements.all.some(({ state }) => state === 'ready' || state === 'failed');
    if (nothing === known) return;
    known = nothing;
    void commands.executeCommand('setContext', 'forebay.nothingCached', nothing);
  });
}
