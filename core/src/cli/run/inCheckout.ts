import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Where code was recorded, and where it is checked out again; absolute paths. */
export interface Checkout {
  repository: string;
  target: string;
}

/**
 * An argument of a command that names a file of the repository by its whole path, as editors write it, names that of the
 * checkout: else the code of now would run. What the checkout doesn't have, as what git ignores, stays as it is.
 */
export function argumentIn(checkout: Checkout, argument: string, exists: (file: string) => boolean): string {
  const [, option = '', file] = /^([^=/]*=)?(\/.*)$/s.exec(argument) ?? [];
  const moved = file === undefined ? undefined : movedTo(checkout, file);
  return moved !== undefined && exists(moved) ? option + moved : argument;
}

/** A program that the command names by its place, as `.venv/bin/torchrun`: where the checkout lacks it, the one that ran. */
export function programIn(
  { folder, ran }: { folder: string; ran: string },
  program: string,
  exists: (file: string) => boolean,
): string {
  const isNamed = program.includes('/') && !path.isAbsolute(program);
  return isNamed && !exists(path.join(folder, program)) ? path.join(ran, program) : program;
}

/** `NAME @ file:///…` of a package of the repository, as `pip install -e .` leaves it, is built from the checkout. */
export function requirementIn(
  checkout: Checkout,
  requirement: string,
  exists: (file: string) => boolean,
): string {
  const folder = folderOf(requirement);
  const moved = folder === undefined ? undefined : movedTo(checkout, folder);
  return moved !== undefined && exists(moved)
    ? `${requirement.slice(0, requirement.indexOf(' @ '))} @ ${pathToFileURL(moved).href}`
    : requirement;
}

/** The file or folder of this machine from which a package was installed; undefined of any other. */
export function folderOf(requirement: string): string | undefined {
  const [, address] = requirement.split(' @ ');
  return address?.startsWith('file:') ? fileURLToPath(new URL(address.replace(/#.*/, ''))) : undefined;
}

function movedTo({ repository, target }: Checkout, file: string): string | undefined {
  const below = path.relative(repository, file);
  return below === '..' || below.startsWith(`..${path.sep}`) || path.isAbsolute(below)
    ? undefined
    : path.join(target, below);
}
