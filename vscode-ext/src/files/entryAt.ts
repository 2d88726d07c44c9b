import { isForebayError } from '@forebay/core/api/errors';
import type { FileEntry } from '@forebay/core/api/schemas';
import type { Client } from '@forebay/core/client';
import type { ContentPath } from './contentPath.ts';
import { followLinks } from './followLinks.ts';

/** What is at a path itself, be it a link; undefined where nothing is. Throws where the version isn't there. */
export async function entryAt(
  client: Client,
  { dataset, version, path }: ContentPath,
): Promise<FileEntry | undefined> {
  if (path === '') {
    await client.versions.get(dataset, `v${version}`);
    return { path, kind: 'folder', size: 0 };
  }
  return client.versions.entry(dataset, `v${version}`, path).catch((error) => {
    if (isForebayError(error, 'path-unknown')) return undefined;
    throw error;
  });
}

/** The file or folder that a path stands for, at the place where it really is. */
export function realEntry(client: Client, content: ContentPath): Promise<FileEntry | undefined> {
  return followLinks(content.path, (path) => entryAt(client, { ...content, path }));
}
