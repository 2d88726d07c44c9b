import { ForebayError } from '../../../api/errors.ts';

/** Names the file and the pack, so that somebody can repair the lake or leave the file out. */
export function damagedFile(path: string, source: string, problem: string): ForebayError {
  return new ForebayError(
    'damaged',
    `'${path}' is damaged in the lake: ${problem} (${source}).`,
    'Sync a folder that still has the file, or restore that object of the lake from a backup or replica.',
  );
}
