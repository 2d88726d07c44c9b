import { ForebayError } from '../../api/errors.ts';

/** Reserved at the top of a working copy, of a pack and of a version. */
export const reserved = '.forebay';

/** Paths in a lake are not trusted: relative, no empty, `.` or `..` part, no NUL, nothing below `.forebay`. */
export function isEntryPath(path: string): boolean {
  if (path === '' || path.includes('\0') || path === reserved || path.startsWith(`${reserved}/`))
    return false;
  if (!/(^|\/)(\.{0,2})(\/|$)/.test(path)) return path.isWellFormed();
  return false;
}

/** Throws `bad-path`. */
export function checkEntryPath(path: string): void {
  if (!isEntryPath(path)) {
    throw new ForebayError(
      'bad-path',
      `The version holds the path ${JSON.stringify(path)}, which leaves its folder or can't be a file's name.`,
      'It was not written by Forebay; ask who has access to the lake.',
    );
  }
}
