import { parentOf } from '../../dataset/checkout/write/paths.ts';
import { mayLend } from '../../dataset/checkout/write/reuse.ts';
import type { Entry, FileEntry } from '../../dataset/entry.ts';
import { Beside } from '../../dataset/manifest/beside.ts';
import type { Leaves } from '../../dataset/manifest/read.ts';
import type { Need } from './room.ts';

/** At most this much is needed, whatever is reused: a file may lie in a folder of its own. */
export function needAtMost(version: { files: number; bytes: number }, block: number): Need {
  return { bytes: version.bytes + (version.files * 2 + 1) * block, inodes: version.files * 2 + 1 };
}

/** What is needed exactly, counting the files that are neither linked from `reuse` nor there already. */
export async function needOf(leaves: Leaves, reuse: Leaves[], block: number): Promise<Need> {
  const counter = new NeedCounter(block);
  const others = reuse.map((each) => new Beside(each));
  for await (const entries of leaves) {
    const found = await Promise.all(others.map((other) => other.match(entries)));
    for (const [at, entry] of entries.entries()) {
      counter.add(entry);
      if (entry.kind === 'file' && found.some((there) => mayLend(there[at], entry))) counter.lend(entry);
    }
  }
  for (const other of others) await other.close();
  return counter.need;
}

/** Bytes that a symbolic link's target may have to lie in the inode itself (ext4's fast symlinks). */
const shortTarget = 59;
/** A name in a folder takes its bytes and about these; what splits in half when it is full, twice as many. */
const besideName = 12;

/** Counts what a tree takes on the disk, entries given in path order: blocks and inodes of files, links and folders. */
export class NeedCounter {
  readonly #block: number;
  readonly #need: Need = { bytes: 0, inodes: 0 };
  /** From the top down: the folder that we are in. */
  readonly #open: { name: string; content: number }[] = [];

  constructor(block: number) {
    this.#block = block;
    this.#enter('');
  }

  add(entry: Entry): void {
    const path = entry.kind === 'folder' ? entry.path : parentOf(entry.path);
    const names = path === '' ? [] : path.split('/');
    let shared = 0;
    while (shared < names.length && names[shared] === this.#open[shared + 1]?.name) shared++;
    while (this.#open.length > shared + 1) this.#leave();
    for (const name of names.slice(shared)) this.#enter(name);
    if (entry.kind === 'folder') return;
    this.#name(entry.path.slice(path === '' ? 0 : path.length + 1));
    this.#need.inodes++;
    if (entry.kind === 'file') this.#need.bytes += this.#rounded(entry.size);
    else if (Buffer.byteLength(entry.target) > shortTarget) this.#need.bytes += this.#block;
  }

  /** This file shares its inode with one that is counted elsewhere. */
  lend(file: FileEntry): void {
    this.#need.inodes--;
    this.#need.bytes -= this.#rounded(file.size);
  }

  /** Of all that was added; call it once. */
  get need(): Need {
    while (this.#open.length > 0) this.#leave();
    return this.#need;
  }

  #enter(name: string): void {
    if (this.#open.length > 0) this.#name(name);
    this.#open.push({ name, content: 0 });
    this.#need.inodes++;
  }

  #leave(): void {
    const content = this.#open.pop()?.content ?? 0;
    this.#need.bytes += content <= this.#block ? this.#block : this.#rounded(2 * content) + this.#block;
  }

  #name(name: string): void {
    const folder = this.#open.at(-1);
    if (folder) folder.content += Buffer.byteLength(name) + besideName;
  }

  #rounded(bytes: number): number {
    return Math.ceil(bytes / this.#block) * this.#block;
  }
}
