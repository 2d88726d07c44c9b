/** Milliseconds after which what was measured counts half. */
const memory = 5000;

/** How fast the lake takes what is sent, bytes a second; threads share it. */
export class Pace {
  readonly shared: SharedArrayBuffer;
  readonly #rate: Float64Array;
  #running = 0;
  #since = 0;
  #bytes = 0;
  #time = 0;

  /** `assumed` until something was sent. */
  constructor(assumed: number | SharedArrayBuffer) {
    this.shared = typeof assumed === 'number' ? new SharedArrayBuffer(8) : assumed;
    this.#rate = new Float64Array(this.shared);
    if (typeof assumed === 'number') this.#rate[0] = assumed;
  }

  get bytesPerSecond(): number {
    return this.#rate[0] as number;
  }

  /** `now` in milliseconds. */
  begin(now: number): void {
    if (this.#running++ === 0) this.#since = now;
  }

  end(bytes: number, now: number): void {
    this.#running--;
    this.#bytes += bytes;
    this.#time += now - this.#since;
    this.#since = now;
    if (this.#time > 0) this.#rate[0] = (this.#bytes * 1000) / this.#time;
    if (this.#time < memory) return;
    this.#bytes /= 2;
    this.#time /= 2;
  }
}
