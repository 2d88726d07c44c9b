import { parentOf } from '../dataset/checkout/write/paths.ts';
import { comparePaths, type Entry } from '../dataset/entry.ts';
import type { Need } from './room.ts';

/** At most this much is needed, whatever is reused: a file may lie in a folder of its own. */
export function needAtMost(version: { files: number; bytes: number }, block: number): Need {
  return { bytes: version.bytes + version.files * 2 * block, inodes: version.files * 2 + 1 };
}

/** What is needed exactly, counting the files that are neither linked from `reuse` nor there already. */
export async function needOf(
  entries: AsyncIterable<Entry>,
  reuse: AsyncIterable<Entry>[],
  block: number,
): Promise<Need> {
  const need: Need = { bytes: 0, inodes: 1 };
  const others = reuse.map((entries) => new Cursor(entries));
  let folder: string[] = [];
  for await (const entry of entries) {
    const segments = (entry.kind === 'folder' ? entry.path : parentOf(entry.path)).split('/').filter(Boolean);
    let shared = 0;
    while (shared < segments.length && segments[shared] === folder[shared]) shared++;
    need.inodes += segments.length - shared;
    need.bytes += (segments.length - shared) * block;
    folder = segments;
    if (entry.kind === 'folder') continue;
    if (entry.kind === 'file' && (await someHas(others, entry))) continue;
    need.inodes++;
    if (entry.kind === 'file') need.bytes += Math.ceil(entry.size / block) * block;
  }
  for (const other of others) await other.close();
  return need;
}

async function someHas(others: Cursor[], entry: Entry): Promise<boolean> {
  for (const other of others) if (await other.has(entry)) return true;
  return false;
}

/** Another version's entries, walked beside. */
class Cursor {
  readonly #entries: AsyncIterator<Entry>;
  #current: IteratorResult<Entry> | undefined;

  constructor(entries: AsyncIterable<Entry>) {
    this.#entries = entries[Symbol.asyncIterator]();
  }

  async has(entry: Entry): Promise<boolean> {
    this.#current ??= await this.#entries.next();
    while (!this.#current.done && comparePaths(this.#current.value.path, entry.path) < 0) {
      this.#current = await this.#entries.next();
    }
    const there = this.#current.done ? undefined : this.#current.value;
    if (there?.kind !== 'file' || entry.kind !== 'file') return false;
    return (
      there.path === entry.path &&
      there.sha256 !== null &&
      there.sha256 === entry.sha256 &&
      there.executable === entry.executable
    );
  }

  async close(): Promise<void> {
    await this.#entries.return?.();
  }
}
