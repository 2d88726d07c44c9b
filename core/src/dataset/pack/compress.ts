import { extname } from 'node:path';
import { constants, zstdCompressSync } from 'node:zlib';
import type { Pace } from './pace.ts';

const sampleBytes = 64 * 1024;
/** A sample must shrink below this share of itself. */
const worthKeeping = 0.9;
/** Content smaller than this can't save many blocks of 512 bytes. */
const smallest = 1024;
/** Contents of a kind that are passed by at most, after sample upon sample didn't shrink. */
const passedByMost = 1023;
/** A kind's cost is measured anew after this many, since a sample may have met a busy moment. */
const measuredEvery = 256;
const kindsMost = 1000;
/** Seconds for a byte to be read and hashed. */
const readingCost = 1 / 800e6;

/** What is known of files with one name extension. */
interface Kind {
  /** Samples in a row that didn't shrink. */
  misses: number;
  passBy: number;
  /** Compressed size of one byte, and seconds that it takes; of the latest samples. */
  measured: { ratio: number; cost: number } | undefined;
  age: number;
}

/** Decides what is stored compressed: what shrinks, while that makes the sync no slower. */
export class Compressor {
  readonly #pace: Pace;
  readonly #threads: number;
  readonly #kinds = new Map<string, Kind>();

  constructor(pace: Pace, threads: number) {
    this.#pace = pace;
    this.#threads = threads;
  }

  /** `content` as one zstd frame, or undefined where it better stays as it is. */
  compress(path: string, content: Uint8Array): Uint8Array | undefined {
    if (content.length < smallest) return undefined;
    const kind = this.#kindOf(extname(path).toLowerCase());
    if (kind.passBy > 0) {
      kind.passBy--;
      return undefined;
    }
    if (kind.measured && kind.age++ < measuredEvery && !this.#isWorthIt(kind.measured)) return undefined;
    const sample = sampleOf(content);
    const begun = performance.now();
    const squeezed = frameOf(sample);
    const cost = (performance.now() - begun) / 1000 / sample.length;
    const ratio = squeezed.length / sample.length;
    if (ratio >= worthKeeping) return noteMiss(kind);
    kind.misses = 0;
    if (!kind.measured || kind.age >= measuredEvery) {
      kind.measured = { ratio, cost };
      kind.age = 0;
    } else kind.measured = { ratio: mean(kind.measured.ratio, ratio), cost: mean(kind.measured.cost, cost) };
    if (!this.#isWorthIt(kind.measured)) return undefined;
    if (sample === content) return squeezed;
    const frame = frameOf(content);
    return frame.length < content.length * worthKeeping ? frame : noteMiss(kind);
  }

  #isWorthIt({ ratio, cost }: { ratio: number; cost: number }): boolean {
    return isFaster(ratio, cost, this.#pace.bytesPerSecond, this.#threads);
  }

  #kindOf(name: string): Kind {
    const key = this.#kinds.size < kindsMost ? name : '';
    let kind = this.#kinds.get(name) ?? this.#kinds.get(key);
    if (!kind) {
      kind = { misses: 0, passBy: 0, measured: undefined, age: 0 };
      this.#kinds.set(key, kind);
    }
    return kind;
  }
}

/**
 * Whether a byte is through no later when it is compressed. Threads read, hash and compress while others send, so the
 * slower of both counts. `cost` in seconds a byte, `pace` in bytes a second.
 */
export function isFaster(ratio: number, cost: number, pace: number, threads: number): boolean {
  const asItIs = Math.max(readingCost / threads, 1 / pace);
  const compressed = Math.max((readingCost + cost) / threads, ratio / pace);
  return compressed <= asItIs;
}

function noteMiss(kind: Kind): undefined {
  kind.misses++;
  kind.passBy = Math.min(2 ** kind.misses - 1, passedByMost);
}

/** The start; of what is large the middle, since headers say little about what follows. */
function sampleOf(content: Uint8Array): Uint8Array {
  if (content.length <= sampleBytes) return content;
  const at = content.length < 2 ** 20 ? 0 : (content.length - sampleBytes) >>> 1;
  return content.subarray(at, at + sampleBytes);
}

/** Level 1: of all levels the best gain for its time, measured on CSV and JSON. */
function frameOf(content: Uint8Array): Buffer {
  return zstdCompressSync(content, {
    chunkSize: Math.max(1024, Math.min(content.length, 2 ** 20)),
    params: { [constants.ZSTD_c_compressionLevel]: 1, [constants.ZSTD_c_checksumFlag]: 1 },
  });
}

const mean = (before: number, now: number): number => before * 0.75 + now * 0.25;
