import type { Client } from '../../src/client/client.ts';

/** Pictures that are kept, at their small size; and how many are read at once. */
const most = { kept: 400, atOnce: 6 };
/** Bytes: a larger picture isn't read for the sake of a small one. */
export const thumbnailMost = 8_000_000;
/** Pixels of the longer side, for screens that show two for one. */
const side = 224;

/** Milliseconds: what is asked for within so short a time came into sight together. */
const together = 60;

interface Waiting {
  path: string;
  /** The same for what came into sight together. */
  burst: number;
  signal: AbortSignal;
  done: (bitmap: ImageBitmap | null) => void;
}

/** Small pictures of a version's files: read while they are in sight, drawn by the browser, the newest kept. */
export class Thumbnails {
  readonly #client: Client;
  readonly #dataset: string;
  readonly #version: number;
  readonly #kept = new Map<string, ImageBitmap | null>();
  #waiting: Waiting[] = [];
  #reading = 0;
  #burst = { number: 0, last: 0 };

  constructor(client: Client, dataset: string, version: number) {
    this.#client = client;
    this.#dataset = dataset;
    this.#version = version;
  }

  /** Null for what the browser can't draw; undefined where it isn't read. */
  known(path: string): ImageBitmap | null | undefined {
    const known = this.#kept.get(path);
    if (known !== undefined) {
      this.#kept.delete(path);
      this.#kept.set(path, known);
    }
    return known;
  }

  /** Never resolves once aborted: it has scrolled away. */
  read(path: string, signal: AbortSignal): Promise<ImageBitmap | null> {
    return new Promise((done) => {
      const now = performance.now();
      if (now - this.#burst.last > together) this.#burst.number++;
      this.#burst.last = now;
      this.#waiting.push({ path, burst: this.#burst.number, signal, done });
      this.#next();
    });
  }

  dispose(): void {
    this.#waiting = [];
    for (const bitmap of this.#kept.values()) bitmap?.close();
    this.#kept.clear();
  }

  #next(): void {
    this.#waiting = this.#waiting.filter(({ signal }) => !signal.aborted);
    if (this.#reading >= most.atOnce) return;
    // What came into sight last is looked at now: of that the first.
    const newest = this.#waiting.at(-1)?.burst;
    const first = this.#waiting.findIndex(({ burst }) => burst === newest);
    const [next] = first < 0 ? [] : this.#waiting.splice(first, 1);
    if (!next) return;
    this.#reading++;
    void this.#draw(next).finally(() => {
      this.#reading--;
      this.#next();
    });
    this.#next();
  }

  async #draw({ path, signal, done }: Waiting): Promise<void> {
    let bytes: Uint8Array;
    try {
      bytes = await this.#client.versions.content(this.#dataset, `v${this.#version}`, path, { signal });
    } catch {
      // Not kept: the next time that it comes into sight it may be there.
      if (!signal.aborted) done(null);
      return;
    }
    const bitmap = await shrink(new Blob([bytes as Uint8Array<ArrayBuffer>])).catch(() => null);
    this.#keep(path, bitmap);
    if (!signal.aborted) done(bitmap);
  }

  #keep(path: string, bitmap: ImageBitmap | null): void {
    this.#kept.set(path, bitmap);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size <= most.kept || oldest === undefined) return;
    // Not closed: somebody may be drawing it. What nobody refers to is freed.
    this.#kept.delete(oldest);
  }
}

async function shrink(blob: Blob): Promise<ImageBitmap> {
  const whole = await createImageBitmap(blob);
  const scale = side / Math.max(whole.width, whole.height);
  if (scale >= 1) return whole;
  const [width, height] = [whole.width, whole.height].map((length) =>
    Math.max(1, Math.round(length * scale)),
  );
  const canvas = new OffscreenCanvas(width as number, height as number);
  const context = canvas.getContext('2d');
  if (!context) return whole;
  context.imageSmoothingQuality = 'medium';
  context.drawImage(whole, 0, 0, canvas.width, canvas.height);
  whole.close();
  return canvas.transferToImageBitmap();
}
