import { type ExtensionContext, MarkdownString, Uri } from 'vscode';

/** `forebay` in the editor's terminals, after whatever PATH has already. */
export function offerCommand({
  environmentVariableCollection: variables,
  extensionUri,
}: ExtensionContext): void {
  if (process.platform === 'win32') return;
  variables.description = new MarkdownString('Adds the `forebay` command');
  variables.append('PATH', `:${Uri.joinPath(extensionUri, 'dist', 'bin').fsPath}`);
  variables.replace('FOREBAY_EDITOR_NODE', process.execPath);
}
