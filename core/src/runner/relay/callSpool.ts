import { closeSync, ftruncateSync, readSync, writeSync } from 'node:fs';
import { openUnnamed } from '../unnamedFile.ts';

export interface Call {
  path: string;
  body: Uint8Array;
}

/** Where a call's body lies. */
interface Place {
  path: string;
  at: number;
  length: number;
}

/** Calls in the order in which they came, their bodies on disk. */
export class CallSpool {
  readonly #file: number;
  #waiting: Place[] = [];
  #end = 0;

  constructor(folder?: string) {
    this.#file = openUnnamed('calls', folder);
  }

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Throws the system's error where it can't be written down: the disk is full, most likely. */
  add({ path, body }: Call): void {
    for (let done = 0; done < body.length; ) {
      done += writeSync(this.#file, body, done, body.length - done, this.#end + done);
    }
    this.#waiting.push({ path, at: this.#end, length: body.length });
    this.#end += body.length;
  }

  /** Sends one after the other, the oldest first; goes on with the same if `send` fails. */
  async flush(send: (call: Call) => Promise<void>): Promise<void> {
    let sent = 0;
    try {
      for (; sent < this.#waiting.length; sent++) {
        const { path, at, length } = this.#waiting[sent] as Place;
        const body = Buffer.alloc(length);
        for (let done = 0; done < length; )
          done += readSync(this.#file, body, done, length - done, at + done);
        await send({ path, body });
      }
    } finally {
      this.#waiting = this.#waiting.slice(sent);
      if (this.isEmpty) this.#clear();
    }
  }

  close(): void {
    closeSync(this.#file);
  }

  #clear(): void {
    ftruncateSync(this.#file, 0);
    this.#end = 0;
  }
}
