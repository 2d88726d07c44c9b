import { ForebayError } from '@forebay/core/api/errors';
import { formatSelector, parseRef, parseSelector } from '@forebay/core/api/ref';
import type { Client } from '@forebay/core/client';
import { type ContentPath, parseContentPath } from './contentPath.ts';

/** A file or folder of a version as people name it: `v3`, `latest`, a tag or a digest. */
export interface NamedContent {
  dataset: string;
  selector: string;
  path: string;
}

/** Of `NAME[@SEL]` and a path; undefined where that is no name of a version. */
export function namedContent(ref: string, path: string): NamedContent | undefined {
  if (ref.includes(':')) return undefined;
  try {
    const { name, selector } = parseRef(ref);
    return { dataset: name, selector: formatSelector(selector), path: path.replace(/^\/+|\/+$/g, '') };
  } catch {
    return undefined;
  }
}

/**
 * What a `forebay:` URI names: in the editor's own the version begins the path, in those that people write it is the
 * authority, `forebay://NAME@SEL/PATH`. Throws `path-unknown`.
 */
export function namedBy({ authority, path }: { authority: string; path: string }): NamedContent {
  if (authority === '') {
    const { version, ...content } = parseContentPath(path);
    return { ...content, selector: `v${version}` };
  }
  const named = namedContent(authority, path);
  if (named) return named;
  throw new ForebayError(
    'path-unknown',
    `'forebay://${authority}${path}' names no file of a version.`,
    'Write forebay://NAME@v3/PATH.',
  );
}

/** Which version that is now. Throws `dataset-unknown`, `version-unknown`. */
export async function resolveContent(
  { versions }: Client,
  { dataset, selector, path }: NamedContent,
): Promise<ContentPath> {
  const parsed = parseSelector(selector);
  if (parsed.kind === 'number') return { dataset, version: parsed.number, path };
  const { version } = await versions.get(dataset, selector);
  return { dataset, version, path };
}
