import { randomName } from '../names.ts';
import { packBytes, packMembers } from '../pack/plan.ts';
import { type Member, memberLength, trailer, writeHeader } from '../pack/tar.ts';

export interface Place {
  pack: string;
  /** Of the content, bytes. */
  offset: number;
}

/** Fills packs member by member; memory is one pack. */
export class PackWriter {
  readonly #put: (pack: string, bytes: Uint8Array) => Promise<void>;
  readonly sizes = new Map<string, number>();
  #buffer: Buffer | undefined;
  #name = randomName();
  #end = 0;
  #members = 0;

  /** `put` may use the bytes until it is done, not after. */
  constructor(put: (pack: string, bytes: Uint8Array) => Promise<void>) {
    this.#put = put;
  }

  /** `member.size` is that of `content`, which is copied. */
  async add(member: Member, content: Uint8Array): Promise<Place> {
    const length = memberLength(member.path, member.size);
    if (this.#members >= packMembers || this.#end + length + trailer > (this.#buffer?.length ?? 0)) {
      await this.finish();
      this.#buffer ??= Buffer.alloc(packBytes);
      if (length + trailer > this.#buffer.length) this.#buffer = Buffer.alloc(length + trailer);
    }
    const buffer = this.#buffer as Buffer;
    const offset = writeHeader(buffer, this.#end, member);
    buffer.fill(0, offset + member.size, this.#end + length);
    buffer.set(content, offset);
    this.#end += length;
    this.#members++;
    return { pack: this.#name, offset };
  }

  /** Writes the pack that was begun, if any. */
  async finish(): Promise<void> {
    if (!this.#buffer || this.#members === 0) return;
    const size = this.#end + trailer;
    this.#buffer.fill(0, this.#end, size);
    this.sizes.set(this.#name, size);
    await this.#put(this.#name, this.#buffer.subarray(0, size));
    this.#name = randomName();
    this.#end = 0;
    this.#members = 0;
  }
}
