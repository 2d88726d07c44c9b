import { extname } from 'node:path';
import { constants, zstdCompressSync } from 'node:zlib';
import type { Pace } from './pace.ts';

const sampleBytes = 64 * 1024;
/** A sample must shrink below this share of itself. */
const worthKeeping = 0.9;
/** Content smaller than this can't save many blocks of 512 bytes. */
const smallest = 1024;
/** Samples that are taken in any case: the first ones say little about the time that compressing takes. */
const firstSamples = 8;
/** How often the first sample of a kind is compressed again for its time: on it a whole chunk of 16 MiB may depend. */
const repeats = 7;
/** After sample upon sample in vain, content is passed by of up to this many times a sample's size. */
const passedByMost = 256;
/** How much slower the fastest time of before counts with each new one. */
const forgetting = 1.02;
const kindsMost = 1000;
/** Seconds for a byte to be read and hashed. */
const readingCost = 1 / 800e6;
/** Seconds of a core for a byte to be handed to a disk or a network, however fast that is. */
const sendingCost = 1 / 2e9;

/** What is known of files with one name extension. */
interface Kind {
  /** Samples in a row that were in vain. */
  misses: number;
  /** Bytes that are still to be passed by. */
  passBy: number;
  /** Seconds that a byte takes to compress, by the fastest of late: others met a busy moment. */
  cost: number;
}

/** Decides what is stored compressed: what shrinks, while that makes the sync no slower. */
export class Compressor {
  readonly #pace: Pace;
  readonly #cores: number;
  readonly #kinds = new Map<string, Kind>();

  constructor(pace: Pace, cores: number) {
    this.#pace = pace;
    this.#cores = cores;
  }

  /** `content` as one zstd frame, or undefined where it better stays as it is. */
  compress(path: string, content: Uint8Array): Uint8Array | undefined {
    if (content.length < smallest) return undefined;
    const kind = this.#kindOf(extname(path).toLowerCase());
    if (kind.passBy > 0) {
      kind.passBy -= content.length;
      return undefined;
    }
    const sample = sampleOf(content);
    const squeezed = measure(sample, kind);
    const ratio = squeezed.length / sample.length;
    const { bytesPerSecond } = this.#pace;
    if (ratio >= worthKeeping || !isFaster(ratio, kind.cost, bytesPerSecond, this.#cores)) {
      return noteMiss(kind, sample.length);
    }
    const frame = sample === content ? squeezed : frameOf(content);
    if (frame.length >= content.length * worthKeeping) return noteMiss(kind, content.length);
    kind.misses = 0;
    return frame;
  }

  #kindOf(name: string): Kind {
    const found = this.#kinds.get(name);
    if (found) return found;
    if (name !== '' && this.#kinds.size >= kindsMost) return this.#kindOf('');
    const kind = { misses: 0, passBy: 0, cost: Number.POSITIVE_INFINITY };
    this.#kinds.set(name, kind);
    return kind;
  }
}

/**
 * Whether a byte is through no later when it is compressed. Some read, hash and compress while others send, so the
 * slower of both counts. `cost` in seconds a byte, `pace` in bytes a second.
 */
export function isFaster(ratio: number, cost: number, pace: number, cores: number): boolean {
  const asItIs = Math.max((readingCost + sendingCost) / cores, 1 / pace);
  const compressed = Math.max((readingCost + cost + ratio * sendingCost) / cores, ratio / pace);
  return compressed <= asItIs;
}

/** Compresses it and keeps the time; the first ones of a kind meet cold caches and a busy machine: they are repeated. */
function measure(sample: Uint8Array, kind: Kind): Uint8Array {
  for (let more = Number.isFinite(kind.cost) ? 0 : repeats; ; more--) {
    const begun = performance.now();
    const frame = frameOf(sample);
    const cost = (performance.now() - begun) / 1000 / sample.length;
    kind.cost = Math.min(cost, kind.cost * forgetting);
    if (more === 0) return frame;
  }
}

/** `spent`: bytes that were compressed in vain. */
function noteMiss(kind: Kind, spent: number): undefined {
  kind.misses++;
  kind.passBy = spent * Math.min(Math.floor(2 ** (kind.misses - firstSamples)), passedByMost);
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
