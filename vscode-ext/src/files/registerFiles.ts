import { commands, type Disposable, languages, MarkdownString, window, workspace } from 'vscode';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import type { ContentOpener } from './ContentOpener.ts';
import { VersionFileSystemProvider } from './VersionFileSystemProvider.ts';
import { openLink, VersionLinkProvider } from './VersionLinkProvider.ts';

/** Files of versions have addresses, and what names them in a script, a notebook, a text or a terminal is a link. */
export function registerFiles(daemon: DaemonModel, { follow }: ContentOpener): Disposable[] {
  const files = new VersionFileSystemProvider(daemon);
  const links = new VersionLinkProvider(daemon, follow);
  return [
    files,
    workspace.registerFileSystemProvider('forebay', files, {
      isReadonly: new MarkdownString('A version never changes. Sync a folder to make a new one.'),
      isCaseSensitive: true,
    }),
    commands.registerCommand(openLink, follow),
    languages.registerDocumentLinkProvider(['python', 'markdown', 'plaintext'], links),
    window.registerTerminalLinkProvider(links),
  ];
}
