/**
 * Which leases are held by an open connection. One that is not held (not yet, or its daemon has just been
 * started again) is waited for, then ends; one whose last connection closes ends at once.
 */
export class Connections {
  readonly #open = new Map<string, number>();
  readonly #waiting = new Map<string, NodeJS.Timeout>();
  readonly #end: (leaseId: string) => void;
  readonly #patience: number;
  #closed = false;

  /** `patience` in milliseconds; `end` gives the lease back. */
  constructor(end: (leaseId: string) => void, patience = 5 * 60_000) {
    this.#end = end;
    this.#patience = patience;
  }

  expect(leaseId: string): void {
    if (this.#open.has(leaseId) || this.#waiting.has(leaseId)) return;
    const timer = setTimeout(() => {
      this.#waiting.delete(leaseId);
      this.#end(leaseId);
    }, this.#patience);
    timer.unref();
    this.#waiting.set(leaseId, timer);
  }

  /** A connection is open; the function that comes back says that it has closed. */
  hold(leaseId: string): () => void {
    clearTimeout(this.#waiting.get(leaseId));
    this.#waiting.delete(leaseId);
    this.#open.set(leaseId, (this.#open.get(leaseId) ?? 0) + 1);
    let closed = false;
    return () => {
      if (closed) return;
      closed = true;
      this.#release(leaseId);
    };
  }

  /** The daemon goes, its leases stay: connections that close from now on end nothing. */
  close(): void {
    this.#closed = true;
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  #release(leaseId: string): void {
    const left = (this.#open.get(leaseId) ?? 1) - 1;
    if (left > 0) {
      this.#open.set(leaseId, left);
      return;
    }
    this.#open.delete(leaseId);
    if (!this.#closed) this.#end(leaseId);
  }
}
