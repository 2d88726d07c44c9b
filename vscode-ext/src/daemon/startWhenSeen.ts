import { Disposable, type TreeView } from 'vscode';
import { log } from '../vscode/log.ts';
import { showError } from '../vscode/messages.ts';
import type { DaemonModel } from './DaemonModel.ts';

/** Nothing runs for somebody who doesn't look: the daemon starts when one of the views is seen first. */
export function startWhenSeen(daemon: DaemonModel, views: readonly TreeView<unknown>[]): Disposable {
  const start = () => {
    if (daemon.state.kind !== 'idle' || !views.some(({ visible }) => visible)) return;
    void daemon.start().catch((error) => showError(error, { 'Show log': () => log.show() }));
  };
  start();
  return Disposable.from(...views.map((view) => view.onDidChangeVisibility(start)));
}
