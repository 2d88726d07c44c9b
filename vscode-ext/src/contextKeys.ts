import { commands } from 'vscode';
import type { PlacementsModel } from './levels/PlacementsModel.ts';

/** What `when` clauses of the palette ask: whether anything is cached. */
export function followContextKeys(placements: PlacementsModel): void {
  let known: boolean | undefined;
  placements.changed.listen(() => {
    const cached = placements.all.some(({ state }) => state === 'ready');
    if (cached === known) return;
    known = cached;
    void commands.executeCommand('setContext', 'forebay.cached', cached);
  });
}
