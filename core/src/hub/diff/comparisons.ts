import { setTimeout as delay } from 'node:timers/promises';
import type { ForebayError } from '../../api/errors.ts';
import { type Comparison, compareVersions } from '../../dataset/diff/compare.ts';
import type { ComparedVersion } from '../../dataset/diff/differences.ts';
import type { Lake } from '../../lake/lake.ts';
import { DiffViews } from './views.ts';

/** Comparisons are kept while a person goes through them: so many, and so many rows in all beside the newest. */
const kept = 8;
const rowsKept = 1_000_000;
/** Milliseconds after which one that nobody asked for any more is given up. */
const patience = 15_000;

/** Two versions being compared, or compared; given up once nobody has waited for it for a while. */
export class RunningComparison {
  /** Rejects where it is given up: wait for it with `within`, `whole` or `views`. */
  readonly done: Promise<Comparison>;
  pages = { read: 0, all: 0 };
  #result: Comparison | undefined;
  #views: DiffViews | undefined;
  readonly #end = new AbortController();
  #waiting = 0;
  #givingUp: NodeJS.Timeout | undefined;

  constructor(from: ComparedVersion, to: ComparedVersion) {
    const onPages = (read: number, all: number) => {
      this.pages = { read, all };
    };
    this.done = compareVersions(from, to, { signal: this.#end.signal, onPages }).then((result) => {
      this.#result = result;
      return result;
    });
    this.done.catch(() => undefined);
  }

  /** Undefined until it is there. */
  get result(): Comparison | undefined {
    return this.#result;
  }

  get givenUp(): boolean {
    return this.#result === undefined && this.#end.signal.aborted;
  }

  /** Waits for it, `milliseconds` at most. Throws what comparing threw. `signal`: of who asks, who may go away. */
  within(milliseconds: number, signal: AbortSignal): Promise<Comparison | undefined> {
    return this.#wait(signal, () => {
      const end = new AbortController();
      const late = delay(milliseconds, undefined, { signal: end.signal }).catch(() => undefined);
      return Promise.race([this.done, late]).finally(() => end.abort());
    });
  }

  whole(signal: AbortSignal): Promise<Comparison> {
    return this.#wait(signal, () => this.done);
  }

  async views(signal: AbortSignal): Promise<DiffViews> {
    const { table } = await this.whole(signal);
    this.#views ??= new DiffViews(table);
    return this.#views;
  }

  async #wait<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    this.#waiting++;
    clearTimeout(this.#givingUp);
    let here = true;
    const leave = () => {
      if (!here) return;
      here = false;
      if (--this.#waiting === 0) this.#givingUp = setTimeout(() => this.#end.abort(), patience).unref();
    };
    signal.addEventListener('abort', leave);
    if (signal.aborted) leave();
    try {
      return await work();
    } finally {
      signal.removeEventListener('abort', leave);
      leave();
    }
  }
}

const all = new WeakMap<Lake, Map<string, RunningComparison>>();

/** The comparison of two versions, begun if need be. Versions never change, so it is right for ever. */
export function comparisonOf(from: ComparedVersion, to: ComparedVersion): RunningComparison {
  const known = all.get(to.lake) ?? new Map<string, RunningComparison>();
  all.set(to.lake, known);
  const key = [from, to].map(({ datasetId, version }) => `${datasetId} ${version.digest}`).join(' ');
  const before = known.get(key);
  const comparison = before && !before.givenUp ? before : new RunningComparison(from, to);
  // The newest last.
  known.delete(key);
  known.set(key, comparison);
  comparison.done.catch((_: ForebayError) => known.get(key) === comparison && known.delete(key));
  forgetOldest(known);
  return comparison;
}

function forgetOldest(known: Map<string, RunningComparison>): void {
  let rows = 0;
  for (const [nth, [key, { result }]] of [...known].toReversed().entries()) {
    if (nth > 0) rows += result?.table.length ?? 0;
    if (nth >= kept || rows > rowsKept) known.delete(key);
  }
}
