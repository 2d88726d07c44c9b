import { ForebayError } from '../../api/errors.ts';
import { formatImportSource, type ImportSource } from '../../api/importSource.ts';
import { formatCount } from '../../api/text/units.ts';
import { reserved } from '../manifest/path.ts';

/** What can't be a file of a version, and why. */
export interface UnfitObject {
  key: string;
  problem: string;
}

const kept = 100;
const named = 5;

/** Why no file can have this path; undefined where one can. */
export function pathProblem(path: string): string | undefined {
  if (!path.isWellFormed()) return 'is not valid UTF-8';
  if (path.includes('\0')) return 'contains a NUL character';
  if (path === reserved || path.startsWith(`${reserved}/`))
    return `begins with the reserved name ${reserved}`;
  const parts = path.split('/');
  if (parts.at(-1) === '') return "ends in '/', as a folder does, though it has content";
  if (parts.includes('')) return 'has an empty folder name in it';
  if (parts.includes('.') || parts.includes('..')) return "has a folder name '.' or '..' in it";
  return undefined;
}

/** Finds paths that need a folder where a file is, of paths that come in order. */
export class FoldersBesideFiles {
  /** Files that later paths may still begin with: each begins with the one before it. */
  readonly #open: string[] = [];

  /** The file in whose place `path` needs a folder, if any; else `path` is a file from now on. */
  add(path: string): string | undefined {
    for (
      let last = this.#open.at(-1);
      last !== undefined && !path.startsWith(last);
      last = this.#open.at(-1)
    ) {
      this.#open.pop();
    }
    const file = this.#open.find((each) => path.startsWith(`${each}/`));
    if (file === undefined) this.#open.push(path);
    return file;
  }
}

/** Gathers what can't be imported. */
export class Unfit {
  count = 0;
  readonly some: UnfitObject[] = [];

  add(key: string, problem: string): void {
    this.count++;
    if (this.some.length < kept) this.some.push({ key, problem });
  }

  copy(): Unfit {
    const copy = new Unfit();
    copy.count = this.count;
    copy.some.push(...this.some);
    return copy;
  }

  toError(source: ImportSource): ForebayError {
    const list = this.some.slice(0, named).map(({ key, problem }) => `${JSON.stringify(key)} ${problem}`);
    const more = this.count > named ? [`and ${this.count - named} more`] : [];
    return new ForebayError(
      'bad-path',
      `${formatCount(this.count, 'object')} under ${formatImportSource(source)} can't be ${this.count === 1 ? 'a file' : 'files'} of a version: ${[...list, ...more].join('; ')}.`,
      'Rename or delete what is named, import a prefix without it, or leave it out with --skip-bad-names.',
    );
  }
}
