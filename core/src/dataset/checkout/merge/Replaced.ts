import {
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { reserved } from '../../manifest/path.ts';

/** Pulls of which what they replaced is kept; what is older goes when another one replaces something. */
const mostPulls = 5;

/** Keeps what a person let a pull replace: under its path in `.forebay/replaced/<time>`. */
export class Replaced {
  readonly #top: string;
  readonly #folder: string;
  readonly #at: string;
  #files = 0;

  /** `time` in milliseconds since 1970. */
  constructor(folder: string, time: number) {
    this.#folder = folder;
    this.#top = join(folder, reserved, 'replaced');
    this.#at = join(this.#top, new Date(time).toISOString().replaceAll(':', '-'));
  }

  /** Where it is kept, and how many files; undefined where nothing was replaced. */
  get kept(): { folder: string; files: number } | undefined {
    return this.#files === 0 ? undefined : { folder: this.#at, files: this.#files };
  }

  /** Call before a path is overwritten or removed. An empty folder, and what isn't there, leave nothing to keep. */
  keep(path: string): void {
    const from = join(this.#folder, path);
    const stat = lstatSync(from, { throwIfNoEntry: false });
    if (!stat || stat.isDirectory()) return;
    const to = join(this.#at, path);
    if (this.#files === 0) this.#forgetOlder();
    mkdirSync(dirname(to), { recursive: true });
    if (stat.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else linkOrCopy(from, to);
    this.#files++;
  }

  #forgetOlder(): void {
    mkdirSync(this.#top, { recursive: true });
    const older = readdirSync(this.#top)
      .sort()
      .slice(0, 1 - mostPulls);
    for (const name of older) rmSync(join(this.#top, name), { recursive: true, force: true });
  }
}

/** Takes no room where the file system knows hard links: the path itself gets another file. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
