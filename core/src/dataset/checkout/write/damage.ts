import { ForebayError } from '../../../api/errors.ts';

/** Names the file and the pack, so that somebody can repair the lake or leave the file out. */
export function damagedFile(path: string, source: string, problem: string): ForebayError {
  return new ForebayError(
    'damaged',
    `'${path}' is damaged in the lake: ${problem} (${source}).`,
    'Heal it from caches or from a folder that still has the file with `forebay data repair NAME`, or restore that object of the lake from a backup or replica.',
  );
}

const named = 5;

/** Names imported objects that are others now. `names`: as people know them. */
export function changedObjects(names: string[]): ForebayError {
  const some = names.slice(0, named).join(', ');
  const more = names.length > named ? ` and ${names.length - named} more` : '';
  const what = names.length === 1 ? 'is no longer what was imported' : 'are no longer what was imported';
  return new ForebayError(
    'object-changed',
    `${some}${more} ${what}.`,
    'Import again with `forebay data import`: that makes the next version of what is there now. Or restore the objects.',
  );
}
