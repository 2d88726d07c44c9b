import { closeSync, readSync, writeSync } from 'node:fs';
import { openUnnamed } from './unnamedFile.ts';

/** More than this is cut, with a note at the end: 100 MB of text is more than anybody reads. */
const most = 100_000_000;
const atOnce = 1_000_000;

/**
 * What a command prints, on disk until the daemon has it, so that a daemon that is away loses nothing and a command that
 * prints without end doesn't fill the memory. The file has no name: it goes with this process.
 */
export class OutputSpool {
  readonly #file: number;
  #written = 0;
  #sent = 0;
  #cut = false;

  constructor(folder?: string) {
    this.#file = openUnnamed('output', folder);
  }

  get pending(): number {
    return this.#written - this.#sent;
  }

  /** Never throws: a command doesn't end because what it prints can't be recorded. */
  add(bytes: Uint8Array): void {
    if (this.#cut) return;
    const room = most - this.#written;
    try {
      this.#write(bytes.subarray(0, room));
      if (bytes.length <= room) return;
      this.#write(Buffer.from(`\n[forebay: what follows is not recorded: more than ${most / 1e6} MB]\n`));
    } catch {
      // The disk is full, most likely.
    }
    this.#cut = true;
  }

  /** Sends what isn't sent yet; goes on where it was if `send` fails. */
  async flush(send: (at: number, bytes: Uint8Array) => Promise<void>): Promise<void> {
    while (this.pending > 0) {
      const bytes = Buffer.alloc(Math.min(atOnce, this.pending));
      const read = readSync(this.#file, bytes, 0, bytes.length, this.#sent);
      await send(this.#sent, bytes.subarray(0, read));
      this.#sent += read;
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  #write(bytes: Uint8Array): void {
    for (let done = 0; done < bytes.length; ) {
      const count = writeSync(this.#file, bytes, done, bytes.length - done, this.#written);
      done += count;
      this.#written += count;
    }
  }
}
