import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { ForebayError } from '../../api/errors.ts';

/** Lists what of its folder doesn't belong to the dataset, in gitignore's grammar (git-scm.com/docs/gitignore). */
export const ignoreFile = '.forebayignore';

/** JupyterLab's own copies of what is edited in it: `ImageFolder` would take the folder for a class. */
const checkpoints = '.ipynb_checkpoints';

/** Whether a scan leaves out what `ignored` says, or nothing does, of a path and its last step. */
export function isLeftOut(
  ignored: Ignored | undefined,
  path: string,
  name: string,
  isFolder: boolean,
): boolean {
  return ignored?.says(path, isFolder) ?? (isFolder && name === checkpoints);
}

/** The library remembers every path that it was asked about: it is made anew after so many. */
const askedMost = 10_000;

/**
 * The ignore files that count in a folder: its own and those above it. What a nearer one says wins, and what lies in
 * an ignored folder stays ignored, since nobody looks into that.
 */
export class Ignored {
  readonly #above: Ignored | undefined;
  /** Of the folder with the file, '' or ending with a slash. */
  readonly #prefix: string;
  #rules: Ignore;
  #asked = 0;
  /** Of the folder that was looked into last. */
  #inside: { folder: string; rules: Ignore } | undefined;

  private constructor(above: Ignored | undefined, folder: string, rules: Ignore) {
    this.#above = above;
    this.#prefix = folder === '' ? '' : `${folder}/`;
    this.#rules = rules;
  }

  /** What counts in the folder `path`, which has something called as an ignore file. Throws `file-unreadable`. */
  static read(top: string, path: string, above: Ignored | undefined): Ignored | undefined {
    const file = path === '' ? ignoreFile : `${path}/${ignoreFile}`;
    try {
      if (!lstatSync(join(top, file)).isFile()) return above;
      const rules = ignore({ ignorecase: false }).add(readFileSync(join(top, file), 'utf8'));
      return new Ignored(above, path, rules);
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      throw new ForebayError(
        'file-unreadable',
        `${JSON.stringify(file)}, which lists what to leave out, can't be read: ${code ?? (cause as Error).message}.`,
        'Change its permissions, or remove it, then try again.',
        { cause },
      );
    }
  }

  /** Whether it is to be left out; undefined where no line is about it. */
  says(path: string, isFolder: boolean): boolean | undefined {
    for (let each: Ignored | undefined = this; each; each = each.#above) {
      const said = each.#ownSays(path.slice(each.#prefix.length), isFolder);
      if (said !== undefined) return said;
    }
    return undefined;
  }

  #ownSays(path: string, isFolder: boolean): boolean | undefined {
    if (++this.#asked > askedMost) {
      this.#asked = 0;
      this.#rules = ignore({ ignorecase: false }).add(this.#rules);
    }
    const { ignored, unignored } = this.#rules.test(isFolder ? `${path}/` : path);
    if (!ignored) return unignored ? false : undefined;
    const folder = path.slice(0, path.lastIndexOf('/'));
    if (folder === '' || !this.#rules.ignores(`${folder}/`)) return true;
    // A folder that is ignored here, and was looked into all the same: a nearer file takes it back. What is in it is
    // still left out where a line means it itself.
    const own = this.#lookingInto(folder).test(isFolder ? `${path}/` : path);
    return own.ignored ? true : own.unignored ? false : undefined;
  }

  /** The rules, as if they took back the folder and those that it lies in. */
  #lookingInto(folder: string): Ignore {
    if (this.#inside?.folder !== folder) {
      const steps = folder.split('/').map((_, nth, all) => all.slice(0, nth + 1).join('/'));
      const back = steps.map((step) => `!/${step.replaceAll(/[\\*?[\]]/g, '\\$&')}/`);
      this.#inside = { folder, rules: ignore({ ignorecase: false }).add(this.#rules).add(back) };
    }
    return this.#inside.rules;
  }
}
