import { ForebayError } from './errors.ts';

/** Objects that are imported in place: all of `bucket` under `prefix`, which is empty or ends in `/`. */
export interface ImportSource {
  bucket: string;
  prefix: string;
}

/** `s3://bucket` or `s3://bucket/prefix`, with or without a slash at its end. Throws `bad-request`, with what to do instead. */
export function parseImportSource(text: string): ImportSource {
  const match = /^s3:\/\/([a-z0-9][a-z0-9._-]{1,61}[a-z0-9])(?:\/(.*))?$/is.exec(text);
  if (!match?.[1]) throw notImported(text);
  const prefix = (match[2] ?? '').replace(/\/+$/, '');
  if (prefix.split('/').some((part) => part === '.' || part === '..') || !prefix.isWellFormed()) {
    throw new ForebayError(
      'bad-request',
      `'${text}' can't be imported: no web address names objects under such a prefix.`,
      "Import a prefix without parts '.' and '..'.",
    );
  }
  return { bucket: match[1], prefix: prefix && `${prefix}/` };
}

export function formatImportSource({ bucket, prefix }: ImportSource): string {
  return `s3://${bucket}/${prefix}`;
}

function notImported(text: string): ForebayError {
  if (/^https?:\/\//i.test(text)) {
    return new ForebayError(
      'bad-request',
      `${text} can't be imported: what is imported are the objects under a prefix of an S3 bucket, not single web addresses.`,
      'Write s3://BUCKET/PREFIX, with --endpoint for a store that is not Amazon; or download the file into a folder and sync that.',
    );
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text) && !/^(file|s3):/i.test(text)) {
    return new ForebayError(
      'bad-request',
      `${text} can't be imported: Forebay reads objects by S3's interface alone.`,
      'Many stores speak it as well: write s3://BUCKET/PREFIX, with the address of that interface as --endpoint.',
    );
  }
  if (/^s3:/i.test(text)) {
    return new ForebayError(
      'bad-request',
      `'${text}' names no bucket.`,
      'Write s3://BUCKET or s3://BUCKET/PREFIX.',
    );
  }
  return new ForebayError(
    'bad-request',
    `'${text}' can't be imported: a folder is synced, not imported.`,
    'Run `forebay data init NAME` in the folder, then `forebay data sync`. To import objects where they are, write s3://BUCKET/PREFIX.',
  );
}
