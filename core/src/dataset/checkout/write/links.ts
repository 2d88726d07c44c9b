import { ForebayError } from '../../../api/errors.ts';
import { linkLeaves } from '../../scan/links.ts';

export interface Link {
  path: string;
  target: string;
}

/**
 * Follows every link on paper, through the version's own links, before one of them is made.
 * Throws `link-leaves` for the first that leads outside the tree, `bad-path` for an impossible target.
 */
export function checkLinks(links: Link[]): void {
  const targets = new Map(links.map((link) => [link.path, link.target]));
  for (const { path, target } of links) {
    if (target === '' || target.includes('\0')) {
      throw new ForebayError('bad-path', `The link '${path}' of this version has an impossible target.`);
    }
    if (!linkLeaves(path, target, targets)) continue;
    throw new ForebayError(
      'link-leaves',
      `The link '${path}' points to '${target}', outside the dataset.`,
      'A version holds only links that stay inside it. Copy the file in, or remove the link, and sync again.',
    );
  }
}
