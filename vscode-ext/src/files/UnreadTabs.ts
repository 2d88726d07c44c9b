import { type ForebayError, isForebayError } from '@forebay/core/api/errors';
import { commands, TabInputTextDiff, type Uri, window } from 'vscode';
import { showError } from '../vscode/messages.ts';
import { shownIn } from './shownIn.ts';

/** Milliseconds. */
const askAgain = 3000;

/** Of a lake or a daemon that may answer later; what isn't there stays so. */
export function isAway(error: unknown): error is ForebayError {
  return isForebayError(error) && error.status >= 500;
}

/**
 * Tabs whose file couldn't be read because nothing answered. The editor itself shows no reason and asks no second
 * time: this says why, once, and opens the file again where its tab still waits for it.
 */
export class UnreadTabs {
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  #told = false;

  /** `read` is what failed. */
  add(uri: Uri, read: () => Promise<unknown>): void {
    if (!this.#waiting.has(uri.toString())) this.#wait(uri, read);
  }

  dispose(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  #wait(uri: Uri, read: () => Promise<unknown>): void {
    this.#waiting.set(
      uri.toString(),
      setTimeout(() => void this.#ask(uri, read), askAgain),
    );
  }

  async #ask(uri: Uri, read: () => Promise<unknown>): Promise<void> {
    const name = uri.toString();
    if (!isShown(name)) return this.#forget(name);
    const error = await read().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!this.#waiting.has(name)) return;
    if (!isAway(error)) {
      this.#forget(name);
      return openAgain(uri);
    }
    if (!this.#told) void showError(error);
    this.#told = true;
    this.#wait(uri, read);
  }

  #forget(name: string): void {
    this.#waiting.delete(name);
    if (this.#waiting.size === 0) this.#told = false;
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
