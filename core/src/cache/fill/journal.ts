import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import type { Journal } from '../../dataset/checkout/resume.ts';
import { errnoOf } from '../errno.ts';

interface Range {
  pack: string;
  offset: number;
  length: number;
}

/**
 * One line for each range of a pack whose files are all written: `pack offset length`.
 * Never flushed: it outlives the process, not the machine, and staging of an earlier boot is thrown away.
 */
export class FillJournal implements Journal {
  readonly resumed: boolean;
  readonly #file: number;
  readonly #ranges = new Map<string, Range[]>();

  private constructor(file: number, ranges: Range[], resumed: boolean) {
    this.resumed = resumed;
    this.#file = file;
    for (const range of ranges) this.#remember(range);
  }

  /** Begins with what an earlier attempt finished, in a new file: a stalled writer's lines go nowhere. */
  static open(path: string): FillJournal {
    const resumed = existsSync(path);
    const ranges = readRanges(path);
    const next = `${path}.next`;
    writeFileSync(next, ranges.map(lineOf).join(''));
    renameSync(next, path);
    return new FillJournal(openSync(path, 'a'), ranges, resumed);
  }

  add(range: Range): void {
    appendFileSync(this.#file, lineOf(range));
    this.#remember(range);
  }

  has({ pack, offset, length }: Range): boolean {
    const ranges = this.#ranges.get(pack) ?? [];
    return ranges.some((range) => range.offset <= offset && offset + length <= range.offset + range.length);
  }

  close(): void {
    closeSync(this.#file);
  }

  #remember({ pack, offset, length }: Range): void {
    const list = this.#ranges.get(pack);
    if (list) list.push({ pack, offset, length });
    else this.#ranges.set(pack, [{ pack, offset, length }]);
  }
}

const lineOf = ({ pack, offset, length }: Range): string => `${pack} ${offset} ${length}\n`;

/** A last line that a crash cut off, or anything else that isn't a line, counts as not written. */
export function readRanges(path: string): Range[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
  return [...text.matchAll(/^([a-z2-7]{26}) (\d+) (\d+)\n/gm)].map(([, pack = '', offset, length]) => ({
    pack,
    offset: Number(offset),
    length: Number(length),
  }));
}
