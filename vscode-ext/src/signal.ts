export interface Subscription {
  dispose(): void;
}

/** Tells its listeners a value; the same shape as `vscode.Event`, so that models need nothing of the editor. */
export class Signal<T> {
  readonly #listeners = new Set<(value: T) => unknown>();

  readonly listen = (listener: (value: T) => unknown): Subscription => {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  };

  fire(value: T): void {
    for (const listener of [...this.#listeners]) listener(value);
  }
}
