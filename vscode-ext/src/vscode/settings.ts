import { type Disposable, workspace } from 'vscode';
import type { Wish } from '../daemon/statusText.ts';

/** What a person set, as it is now. */
export const settings = {
  /** Empty: Forebay finds a Node by itself. */
  get nodePath(): string {
    return read('nodePath', '').trim();
  },
  get statusBar(): Wish {
    return read<Wish>('statusBar', 'always');
  },
};

const read = <T>(key: string, usual: T): T => workspace.getConfiguration('forebay').get(key, usual);

export function onSettingsChanged(listener: () => void): Disposable {
  return workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('forebay')) listener();
  });
}
