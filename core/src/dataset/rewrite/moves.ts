import type { Part } from '../entry.ts';

export type PackPart = Extract<Part, { pack: string }>;

/** Where parts lie now instead, by where they lay. */
export class Moves {
  readonly #moved = new Map<string, Map<number, PackPart>>();

  set(from: PackPart, to: PackPart): void {
    const pack = this.#moved.get(from.pack) ?? new Map<number, PackPart>();
    this.#moved.set(from.pack, pack.set(from.offset, to));
  }

  /** Of the same content, whatever the file. Two parts that begin at one place are told apart by their length. */
  get(part: Part): PackPart | undefined {
    if (!('pack' in part)) return undefined;
    const moved = this.#moved.get(part.pack)?.get(part.offset);
    return moved?.size === part.size ? moved : undefined;
  }

  get size(): number {
    return this.#moved.size;
  }

  touches(packs: ReadonlyMap<string, unknown>): boolean {
    for (const pack of this.#moved.keys()) if (packs.has(pack)) return true;
    return false;
  }
}
