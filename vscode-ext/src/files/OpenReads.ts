import { type Disposable, type Tab, type Uri, window } from 'vscode';
import { shownIn } from './shownIn.ts';

/**
 * Reads that end once the last tab that showed their file is closed: the editor doesn't say that it waits no more.
 * A read that no tab asked for goes on.
 */
export class OpenReads {
  readonly #running = new Set<{ uri: string; end: AbortController }>();
  readonly #following: Disposable;

  constructor() {
    this.#following = window.tabGroups.onDidChangeTabs(({ closed }) => this.#close(closed));
  }

  async run<T>(uri: Uri, read: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const running = { uri: uri.toString(), end: new AbortController() };
    this.#running.add(running);
    try {
      return await read(running.end.signal);
    } finally {
      this.#running.delete(running);
    }
  }

  dispose(): void {
    this.#following.dispose();
    for (const { end } of this.#running) end.abort();
  }

  #close(closed: readonly Tab[]): void {
    const gone = new Set(closed.flatMap(shownIn));
    const open = new Set(window.tabGroups.all.flatMap(({ tabs }) => tabs.flatMap(shownIn)));
    for (const { uri, end } of this.#running) if (gone.has(uri) && !open.has(uri)) end.abort();
  }
}
