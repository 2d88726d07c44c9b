import { ForebayError } from '../../../api/errors.ts';

const reserved = '.forebay';
const windowsReserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/**
 * Manifests are untrusted: a path in one must stay inside the folder that it is written to.
 * Throws `bad-path`. Names that only Windows refuses are refused there alone
 * (learn.microsoft.com/windows/win32/fileio/naming-a-file).
 */
export function checkPath(path: string, platform: NodeJS.Platform = process.platform): void {
  const problem = problemOf(path, platform);
  if (problem === undefined) return;
  throw new ForebayError(
    'bad-path',
    `This version lists the path ${JSON.stringify(path)}, which ${problem}; nothing of it was written.`,
    'Whoever made the version has to give that file another name and sync again.',
  );
}

function problemOf(path: string, platform: NodeJS.Platform): string | undefined {
  if (path === '') return 'is empty';
  if (path.includes('\0')) return 'contains a NUL character';
  if (path.startsWith('/')) return 'is absolute';
  const segments = path.split('/');
  if (segments[0] === reserved) return `begins with the reserved folder ${reserved}`;
  for (const segment of segments) {
    if (segment === '') return 'has an empty folder name in it';
    if (segment === '.' || segment === '..') return `has '${segment}' in it`;
    if (platform !== 'win32') continue;
    if (/[<>:"|?*\\]/.test(segment) || [...segment].some((c) => c < ' '))
      return "has a character that Windows doesn't allow";
    if (/[. ]$/.test(segment)) return "ends a name with a dot or space, which Windows doesn't allow";
    if (windowsReserved.test(segment)) return 'uses a name that Windows reserves';
  }
  return undefined;
}

/** 'a/b/c.png' -> 'a/b'; '' for what stands at the top. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
