import { Disposable, type TreeView } from 'vscode';
import { log } from '../vscode/log.ts';
import { showError } from '../vscode/messages.ts';
import type { DaemonModel } from './DaemonModel.ts';

/** Starts the daemon with the first view that somebody sees; what else needs it starts it by itself. */
export function startWhenShown(daemon: DaemonModel, views: TreeView<unknown>[]): Disposable {
  let started = false;
  const start = () => {
    if (started || !views.some(({ visible }) => visible)) return;
    started = true;
    void daemon.start().catch((error) => showError(error, { 'Show log': () => log.show() }));
  };
  start();
  return Disposable.from(...views.map((view) => view.onDidChangeVisibility(start)));
}
