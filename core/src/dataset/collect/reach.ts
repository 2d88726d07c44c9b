import { ForebayError, isForebayError } from '../../api/errors.ts';
import { formatRef } from '../../api/ref.ts';
import type { Lake } from '../../lake/lake.ts';
import type { VersionRecord } from '../history.ts';
import { fetchPages } from '../manifest/fetch.ts';
import { isLeaf, type Page, type PageRef } from '../manifest/page.ts';
import { readRoot } from '../manifest/root.ts';

const rootsAtOnce = 8;

/**
 * What versions refer to, by name below `datasets/ID/`. Index pages that versions share are read once, leaves never:
 * a root names the packs. Memory is a name for each object and one for each index page.
 */
export class Reach {
  readonly #lake: Lake;
  readonly #dataset: { id: string; name: string };
  readonly #objects = new Set<string>();
  readonly #visited = new Set<string>();
  readonly #roots = new Set<string>();

  constructor(lake: Lake, dataset: { id: string; name: string }) {
    this.#lake = lake;
    this.#dataset = dataset;
  }

  has(object: string): boolean {
    return this.#objects.has(object);
  }

  /** Throws `damaged` where it can't be told what a version refers to: then nothing may be called garbage. */
  async add(
    versions: readonly VersionRecord[],
    signal: AbortSignal,
    done = (_: number) => {},
  ): Promise<void> {
    const fresh = versions.filter(({ root }) => !this.#roots.has(root));
    for (let at = 0; at < fresh.length; at += rootsAtOnce) {
      signal.throwIfAborted();
      const some = fresh.slice(at, at + rootsAtOnce);
      const roots = await Promise.all(
        some.map((version) => this.#naming(version, this.#root(version, signal))),
      );
      for (const [i, { page }] of roots.entries()) {
        await this.#naming(some[i] as VersionRecord, this.#visit(page, signal));
      }
      done(at + some.length);
    }
  }

  async #root({ root, changes }: VersionRecord, signal: AbortSignal) {
    const found = await readRoot(this.#lake, this.#dataset.id, root, signal);
    this.#roots.add(root);
    this.#objects.add(`roots/${root}`);
    if (changes) this.#objects.add(`changes/${changes}`);
    for (const pack of found.packs.keys()) this.#objects.add(`packs/${pack}.tar`);
    return found;
  }

  async #visit(page: Page, signal: AbortSignal): Promise<void> {
    if (isLeaf(page)) return;
    for (const { object } of page.children) this.#objects.add(`pages/${object}`);
    if (page.level === 1) return;
    for await (const { page: child } of fetchPages(
      this.#lake,
      this.#dataset.id,
      this.#fresh(page.children),
      signal,
    )) {
      await this.#visit(child, signal);
    }
  }

  /** The same page may lie in two places, which refer to others. */
  #fresh(refs: PageRef[]): PageRef[] {
    const at = ({ object, offset }: PageRef) => `${object}:${offset}`;
    const fresh = refs.filter((ref) => !this.#visited.has(at(ref)));
    for (const ref of fresh) this.#visited.add(at(ref));
    return fresh;
  }

  async #naming<T>({ version }: VersionRecord, work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (!isForebayError(error, 'damaged')) throw error;
      const ref = formatRef(this.#dataset.name, version);
      throw new ForebayError(
        'damaged',
        `What ${ref} refers to can't be read, so nothing can be called garbage: ${error.message}`,
        `Restore the object from a backup or a replica of the lake, or give the version up with \`forebay data rm ${ref}\`.`,
        { cause: error },
      );
    }
  }
}
