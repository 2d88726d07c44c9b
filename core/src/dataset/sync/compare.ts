import { hash } from 'node:crypto';
import { comparePaths } from '../entry.ts';
import type { Recorded } from '../scan/recorded.ts';
import type { Tree } from '../scan/tree.ts';

const bytes = 32;
const emptyFile = hash('sha256', '', 'hex');

/** SHA-256 of each file of a tree, by position, in one buffer; all zeros: not known. */
export class Digests {
  readonly buffer: Buffer;

  constructor(length: number) {
    this.buffer = Buffer.alloc(length * bytes);
  }

  set(at: number, hex: string): void {
    this.buffer.write(hex, at * bytes, 'hex');
  }

  get(at: number): string {
    return this.buffer.toString('hex', at * bytes, (at + 1) * bytes);
  }

  clear(at: number): void {
    this.buffer.fill(0, at * bytes, (at + 1) * bytes);
  }
}

export interface Comparison {
  digests: Digests;
  /** Positions of files to read. */
  toRead: number[];
  /** Nothing differs from what was recorded. */
  same: boolean;
}

/** What of the tree is as it was recorded, by a merge of both in path order. */
export function compareToRecorded(tree: Tree, recorded: Recorded | undefined): Comparison {
  const digests = new Digests(tree.length);
  const toRead: number[] = [];
  let same = recorded?.length === tree.length;
  let next = 0;
  for (let at = 0; at < tree.length; at++) {
    const path = tree.path(at);
    const length = recorded?.length ?? 0;
    while (recorded && next < length && comparePaths(recorded.path(next), path) < 0) next++;
    const known =
      recorded && next < length && recorded.path(next) === path
        ? recorded.sha256(next, tree.at(at))
        : undefined;
    if (known === undefined) same = false;
    if (tree.kind(at) !== 'file') continue;
    if (known !== undefined) digests.set(at, known);
    else if (tree.size(at) === 0) digests.set(at, emptyFile);
    else toRead.push(at);
  }
  return { digests, toRead, same };
}
