import { execute } from './execute.ts';

/** Where a commit can be had, and what of its folder it doesn't hold. */
export interface CodeSource {
  /** The repository's working tree; absolute. */
  repository: string;
  /** Of the folder that was asked for, in it. */
  prefix: string;
  /** Paths at which other repositories belong, which are not checked out with it. */
  submodules: readonly string[];
  /** What git ignores there today, folders as a whole, but for what programs make by themselves. */
  ignored: readonly string[];
}

/** Undefined where it isn't there any more, or `folder` isn't. */
export async function findCode(folder: string, commit: string): Promise<CodeSource | undefined> {
  const git = (...args: string[]) => execute('git', '-C', folder, ...args);
  try {
    await git('cat-file', '-e', `${commit}^{commit}`);
    const repository = (await git('rev-parse', '--show-toplevel')).trim();
    const others = ['--others', '--ignored', '--exclude-standard', '--directory', '--full-name', '-z'];
    const ignored = split(await git('ls-files', ...others, repository));
    return {
      repository,
      prefix: (await git('rev-parse', '--show-prefix')).trim(),
      submodules: submodulesIn(await git('ls-tree', '-r', '--full-tree', '-z', commit)),
      ignored: ignored.filter((path) => !isMadeAnew(path)),
    };
  } catch {
    return undefined;
  }
}

const split = (list: string) => list.split('\0').filter(Boolean);

/** `160000 commit ID<tab>PATH` is another repository (gitrepository-layout(5)). */
const submodulesIn = (tree: string): string[] =>
  split(tree)
    .filter((line) => line.startsWith('160000 '))
    .map((line) => line.slice(line.indexOf('\t') + 1));

/** Caches and environments of packages, which no script reads. */
const isMadeAnew = (path: string): boolean =>
  /(^|\/)(__pycache__|\.?venv|node_modules|\.ipynb_checkpoints|\.(mypy|pytest|ruff)_cache|[^/]*\.egg-info)\/|\.pyc$/.test(
    path,
  );
