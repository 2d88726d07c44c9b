import { headerLength, type Member, memberLength, padded, trailer, writeHeader } from './tar.ts';

/** A pack that is being filled: members behind one another in a buffer. */
export class Draft {
  readonly buffer: SharedArrayBuffer;
  readonly bytes: Buffer;
  #end = 0;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.bytes = Buffer.from(buffer);
  }

  get isEmpty(): boolean {
    return this.#end === 0;
  }

  /** Where the next member's content goes. */
  contentAt(path: string, size: number): number {
    return this.#end + headerLength(path, size);
  }

  /** Whether one more member fits. */
  holds(path: string, size: number): boolean {
    return this.#end + memberLength(path, size) + trailer <= this.bytes.length;
  }

  /** Adds a member whose content is `content`, or lies where it goes already; gives that place. */
  add(member: Member, content?: Uint8Array): number {
    const start = writeHeader(this.bytes, this.#end, member);
    if (content) this.bytes.set(content, start);
    this.#end = start + padded(member.size);
    this.bytes.fill(0, start + member.size, this.#end);
    return start;
  }

  /** Ends the archive; its length. */
  finish(): number {
    this.bytes.fill(0, this.#end, this.#end + trailer);
    return this.#end + trailer;
  }
}
