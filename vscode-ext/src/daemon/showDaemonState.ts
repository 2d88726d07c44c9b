import { formatClock } from '@forebay/core/api/text/moment';
import { commands, type TreeView } from 'vscode';
import type { Subscription } from '../signal.ts';
import { log } from '../vscode/log.ts';
import type { DaemonModel, DaemonState } from './DaemonModel.ts';

/**
 * Views and `when` clauses follow the daemon. What is known stays on screen and says since when;
 * a view with nothing in it says nothing, since a message would hide its welcome.
 */
export function showDaemonState(
  daemon: DaemonModel,
  views: TreeView<unknown>[],
  anythingKnown: () => boolean,
): Subscription {
  const show = (state: DaemonState) => {
    if (state.kind === 'idle') return;
    void commands.executeCommand('setContext', 'forebay.state', state.kind);
    const since = state.kind === 'offline' && anythingKnown() && formatClock(state.since);
    for (const view of views) view.message = since ? `Offline since ${since}. Last known state:` : '';
    log.info(state.kind === 'online' ? `online: daemon ${state.hello.pid}` : state.kind);
  };
  show(daemon.state);
  return daemon.changed.listen(show);
}
