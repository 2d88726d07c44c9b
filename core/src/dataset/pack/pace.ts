/** Assumed until the first pack is in the lake: a network's, bytes a second. */
const assumed = 150e6;
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

  constructor(shared: SharedArrayBuffer = new SharedArrayBuffer(8)) {
    this.shared = shared;
    this.#rate = new Float64Array(shared);
  }

  get bytesPerSecond(): number {
    return this.#rate[0] || assumed;
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
