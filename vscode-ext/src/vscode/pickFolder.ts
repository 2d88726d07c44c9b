import { type Uri, window, workspace } from 'vscode';
import { type Choice, pickOne } from './quickPick.ts';

/** Folders on disk that are open in this window. */
export function workspaceFolders(): Uri[] {
  return (workspace.workspaceFolders ?? []).map(({ uri }) => uri).filter(({ scheme }) => scheme === 'file');
}

/** One of `likely`, the window's folders or any other; undefined when the person leaves. */
export async function pickFolder(
  title: string,
  button: string,
  likely: readonly Choice<Uri>[] = [],
): Promise<Uri | undefined> {
  const open = workspaceFolders();
  const browse = async () => {
    const options = { title, openLabel: button, canSelectFolders: true, canSelectFiles: false };
    const first = open[0];
    const picked = await window.showOpenDialog(first ? { ...options, defaultUri: first } : options);
    return picked?.[0];
  };
  if (open.length + likely.length === 0) return browse();
  const others = open.filter((uri) => !likely.some(({ value }) => value.fsPath === uri.fsPath));
  const folders = others.map((uri) => ({
    label: `$(folder) ${uri.path.slice(uri.path.lastIndexOf('/') + 1)}`,
    description: uri.fsPath,
    value: uri,
  }));
  const choices = [...likely, ...folders].map((choice) => ({
    ...choice,
    value: async (): Promise<Uri | undefined> => choice.value,
  }));
  const other = { label: '$(folder-opened) Choose another folder…', value: browse };
  return (await pickOne(title, [...choices, other]))?.();
}
