import type { ChangeEvent } from '../api/index.ts';

type Listener = (event: ChangeEvent) => void;

/**
 * What changed, for whoever listens; the last `capacity` events can be asked for again.
 * Ids begin at the time of the start, so that those of an earlier daemon are always older than ours.
 */
export class Events {
  readonly #ring: ChangeEvent[] = [];
  readonly #listeners = new Set<Listener>();
  readonly #capacity: number;
  #last: number;

  constructor(start: number = Date.now(), capacity = 4096) {
    this.#last = start;
    this.#capacity = capacity;
  }

  /** How many listen now. */
  get listeners(): number {
    return this.#listeners.size;
  }

  get last(): number {
    return this.#last;
  }

  emit(kind: ChangeEvent['kind'], subject: string): void {
    this.#last += 1;
    const event = { id: this.#last, kind, subject };
    this.#ring.push(event);
    if (this.#ring.length > this.#capacity) this.#ring.shift();
    for (const listener of this.#listeners) listener(event);
  }

  /** What came after event `id`; a single `reset` where that is no longer known, or never was. */
  since(id: number): ChangeEvent[] {
    const oldest = this.#ring[0]?.id ?? this.#last + 1;
    if (id < oldest - 1 || id > this.#last) return [{ id: this.#last, kind: 'reset', subject: '' }];
    return this.#ring.filter((event) => event.id > id);
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
