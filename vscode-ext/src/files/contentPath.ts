import { ForebayError } from '@forebay/core/api/errors';

/** A file or folder of a version; '' is its top. */
export interface ContentPath {
  dataset: string;
  version: number;
  path: string;
}

/** The path of a `forebay:` URI: `/digits@v2/0/0001.png`. */
export function contentPath({ dataset, version, path }: ContentPath): string {
  return path === '' ? `/${dataset}@v${version}` : `/${dataset}@v${version}/${path}`;
}

/** Throws `path-unknown` for what names no version. */
export function parseContentPath(text: string): ContentPath {
  const match = /^\/([a-z0-9][a-z0-9._-]*)@v([1-9]\d*)(?:\/(.*))?$/s.exec(text);
  if (!match?.[1]) {
    throw new ForebayError('path-unknown', `'${text}' names no file of a version.`, 'Write /NAME@v3/PATH.');
  }
  return { dataset: match[1], version: Number(match[2]), path: (match[3] ?? '').replace(/\/$/, '') };
}

/** `images/a.png` in `images`; a name at the top is in ''. */
export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}
