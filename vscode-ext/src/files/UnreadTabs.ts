import { commands, TabInputTextDiff, type Uri, window } from 'vscode';
import { showError } from '../vscode/messages.ts';
import { shownIn } from './shownIn.ts';

/** Milliseconds. */
const askAgain = 3000;

/**
 * Tabs whose file couldn't be read because lake or daemon didn't answer. The editor itself shows no reason and asks no
 * second time: this says why, once, and opens the file again where its tab still waits for it.
 */
export class UnreadTabs {
  readonly #waiting = new Map<string, NodeJS.Timeout>();

  /** `read` fails as long as nothing answers. */
  add(uri: Uri, error: unknown, read: () => Promise<unknown>): void {
    const name = uri.toString();
    if (this.#waiting.has(name) || !isShown(name)) return;
    if (this.#waiting.size === 0) void showError(error);
    const ask = async () => {
      const answered = await read().then(
        () => true,
        () => false,
      );
      if (!this.#waiting.has(name)) return;
      if (isShown(name) && !answered) return wait();
      this.#waiting.delete(name);
      if (answered) await openAgain(uri);
    };
    const wait = () =>
      void this.#waiting.set(
        name,
        setTimeout(() => void ask(), askAgain),
      );
    wait();
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }
}

function isShown(name: string): boolean {
  return window.tabGroups.all.some(({ tabs }) => tabs.some((tab) => shownIn(tab).includes(name)));
}

/** In the tabs in front; one behind is read when it comes to the front. */
async function openAgain(uri: Uri): Promise<void> {
  for (const { activeTab, viewColumn } of window.tabGroups.all) {
    if (!activeTab || !shownIn(activeTab).includes(uri.toString())) continue;
    const { input, label, isPreview: preview } = activeTab;
    const options = { viewColumn, preview, preserveFocus: true };
    if (input instanceof TabInputTextDiff) {
      await commands.executeCommand('vscode.diff', input.original, input.modified, label, options);
    } else {
      await commands.executeCommand('vscode.open', uri, options);
    }
  }
}
