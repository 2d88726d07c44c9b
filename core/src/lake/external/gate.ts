const least = 4;
const first = 16;
const most = 64;

/**
 * How many requests go to stores outside the lake at once: more as long as they succeed, half as many when one says
 * that it is busy (additive increase, multiplicative decrease, as in TCP).
 */
export class Gate {
  #limit = first;
  #running = 0;
  #succeeded = 0;
  readonly #waiting: (() => void)[] = [];

  get limit(): number {
    return this.#limit;
  }

  async run<T>(request: () => Promise<T>, isBusy: (thrown: unknown) => boolean): Promise<T> {
    if (this.#running < this.#limit) this.#running++;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      const answer = await request();
      this.#grow();
      return answer;
    } catch (thrown) {
      if (isBusy(thrown)) this.#shrink();
      throw thrown;
    } finally {
      this.#running--;
      this.#letIn();
    }
  }

  #grow(): void {
    if (++this.#succeeded < this.#limit) return;
    this.#succeeded = 0;
    this.#limit = Math.min(most, this.#limit + 1);
  }

  #shrink(): void {
    this.#succeeded = 0;
    this.#limit = Math.max(least, this.#limit >> 1);
  }

  #letIn(): void {
    while (this.#running < this.#limit) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#running++;
      next();
    }
  }
}
