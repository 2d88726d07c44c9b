import { ForebayError } from '../../api/errors.ts';

/** The object has another ETag or size, or is gone: what was imported can't be had any more. */
export function objectChanged(name: string, cause?: unknown): ForebayError {
  return new ForebayError(
    'object-changed',
    `${name} is no longer what was imported.`,
    'Import it again: that makes the next version of what is there now. Or restore the object.',
    { cause },
  );
}

/** Listings and answers differ in whether they quote it. */
export function sameTag(a: string, b: string): boolean {
  return quoted(a) === quoted(b);
}

export function quoted(etag: string): string {
  return etag.startsWith('"') || etag.startsWith('W/') ? etag : `"${etag}"`;
}
