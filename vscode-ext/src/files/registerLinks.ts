import { commands, type Disposable, languages, window } from 'vscode';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import type { DatasetsModel } from '../datasets/DatasetsModel.ts';
import { LinkCommands } from './LinkCommands.ts';
import { openLink, VersionLinkProvider } from './VersionLinkProvider.ts';

/** What names a version in a script, a notebook, a text or a terminal becomes a link. */
export function registerLinks(
  daemon: DaemonModel,
  datasets: DatasetsModel,
  show: (view: string) => void,
): Disposable[] {
  const { follow } = new LinkCommands(daemon, show);
  const links = new VersionLinkProvider(datasets, follow);
  return [
    commands.registerCommand(openLink, follow),
    languages.registerDocumentLinkProvider(['python', 'markdown', 'plaintext'], links),
    window.registerTerminalLinkProvider(links),
  ];
}
