import { type Command, Option } from 'commander';
import { checkGlob } from '../api/selection.ts';
import { argument } from './misuse.ts';

export interface SelectionOptions {
  include?: string[];
  exclude?: string[];
}

const globArgument = argument(checkGlob);
const collect = (glob: string, before: string[] = []) => [...before, globArgument(glob)];

/** What the options mean, below a command's help. */
export const selectionHelp = `
GLOB names paths within the version as a .gitignore does; quote it. '*.png' (without a slash) counts in any folder,
'images/00*' from the top; * and ? don't cross a slash, ** does; {a,b} are alternatives; a folder's name means all
that is in it. Options can be repeated; without --include everything is meant that isn't excluded. A link is taken by
its own name: it dangles where its target is left out.`;

const option = (name: string, description: string) =>
  new Option(`--${name} <glob>`, description).argParser(collect);

/** `--include GLOB` and `--exclude GLOB`, each as often as wanted. */
export function addSelection(command: Command): Command {
  return command
    .addOption(option('include', 'only files that match'))
    .addOption(option('exclude', 'leave out files that match'))
    .addHelpText('after', selectionHelp);
}

/** The same options where they tell one part from others. */
export function addPartChoice(command: Command): Command {
  return command
    .addOption(option('include', 'the part that was selected with this, and all its other globs'))
    .addOption(option('exclude', 'the part that was selected with this, and all its other globs'));
}

/** The globs as a request has them. */
export function globsOf({ include, exclude }: SelectionOptions): SelectionOptions {
  return { ...(include ? { include } : {}), ...(exclude ? { exclude } : {}) };
}
