import { ForebayError } from '../../api/errors.ts';

export interface Link {
  path: string;
  target: string;
}

/** As Linux's ELOOP limit (path_resolution(7)); a loop resolves nowhere, so it leaves nowhere. */
const limit = 40;

/**
 * Follows every link as the kernel would, through the version's own links, on paper.
 * Throws `link-leaves` for the first one that any step takes outside the tree, `bad-path` for an impossible target.
 */
export function checkLinks(links: Link[]): void {
  const targets = new Map(links.map((link) => [link.path, link.target]));
  for (const link of links) {
    if (link.target === '' || link.target.includes('\0')) {
      throw new ForebayError('bad-path', `The link '${link.path}' of this version has an impossible target.`);
    }
    if (leaves(link.path, targets)) {
      throw new ForebayError(
        'link-leaves',
        `The link '${link.path}' points to '${link.target}', outside the dataset.`,
        'A version holds only links that stay inside it. Copy the file in, or remove the link, and sync again.',
      );
    }
  }
}

/** Whether resolving `path`, whose own last name is a link, ever steps above the top or starts from `/`. */
export function leaves(path: string, targets: ReadonlyMap<string, string>): boolean {
  const at: string[] = [];
  const todo = path.split('/').reverse();
  let followed = 0;
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    if (name === '' || name === '.') continue;
    if (name === '..') {
      if (at.pop() === undefined) return true;
      continue;
    }
    at.push(name);
    const target = targets.get(at.join('/'));
    if (target === undefined) continue;
    if (target.startsWith('/') || (process.platform === 'win32' && /^([A-Za-z]:|\\)/.test(target)))
      return true;
    if (++followed > limit) return false;
    at.pop();
    todo.push(...target.split('/').reverse());
  }
  return false;
}
