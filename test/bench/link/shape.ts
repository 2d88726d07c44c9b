/** One direction of a network link: what goes through it waits its turn, then travels. Times in milliseconds. */
export class Lane {
  readonly #bytesPerMs: number;
  readonly #delay: number;
  #free = 0;

  constructor({ bytesPerSecond, delay }: { bytesPerSecond: number; delay: number }) {
    this.#bytesPerMs = bytesPerSecond / 1000;
    this.#delay = delay;
  }

  /** When the last of `bytes` that are sent at `now` arrives. */
  arrival(bytes: number, now: number): number {
    this.#free = Math.max(now, this.#free) + bytes / this.#bytesPerMs;
    return this.#free + this.#delay;
  }
}

export interface LinkSpec {
  /** Milliseconds there and back. */
  roundTrip: number;
  /** Bits a second, each way, for all connections together. */
  bitsPerSecond: number;
}

/** Reads `20ms,1Gbit` (`Mbit` too; `unlimited` for the second: none). */
export function parseLink(text: string): LinkSpec {
  const found = /^(\d+(?:\.\d+)?)ms,(?:(\d+(?:\.\d+)?)(G|M)bit|unlimited)$/.exec(text);
  if (!found) throw new Error(`'${text}' is not a link: write it like 20ms,1Gbit.`);
  const [, roundTrip, rate, unit] = found;
  const scale = unit === 'G' ? 1e9 : 1e6;
  return {
    roundTrip: Number(roundTrip),
    bitsPerSecond: rate === undefined ? Number.POSITIVE_INFINITY : Number(rate) * scale,
  };
}
