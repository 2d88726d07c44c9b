import { ForebayError } from '../api/errors.ts';
import { parseImportSource } from '../api/importSource.ts';
import { checkName, checkTag, parseRef } from '../api/ref.ts';
import { parseBytes, parseDuration } from '../api/text/units.ts';
import { argument } from './misuse.ts';

export const nameArgument = argument(checkName);
export const tagArgument = argument(checkTag);
export const sizeArgument = argument(parseBytes);
export const durationArgument = argument(parseDuration);
export const refWithPathArgument = argument(parseRef);

/** `NAME[@SEL]` without a path, kept as it was written. */
export const refArgument = argument((text) => {
  if (parseRef(text).path !== '' || text.includes(':')) {
    throw new ForebayError(
      'bad-name',
      `'${text}' names a path within a version.`,
      'Leave out what follows the colon.',
    );
  }
  return text;
});

export const countArgument = argument((text) => {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw new ForebayError('bad-request', `'${text}' is not a number of files.`, 'Write it like 1000000.');
});

/** Seconds between two passes; 0 for 'off'. */
export const everyArgument = argument((text) => {
  if (text === 'off') return 0;
  try {
    return parseDuration(text);
  } catch (error) {
    throw new ForebayError(
      'bad-request',
      `'${text}' is not a time span.`,
      'Write it like 12h, 1d or 2w, or off.',
      { cause: error },
    );
  }
});

/** `KEY=VALUE`; the value may hold anything. */
export const paramArgument = argument((text): [key: string, value: string] => {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new ForebayError('bad-request', `'${text}' is not a parameter.`, 'Write it like lr=0.1.');
});

export const pidArgument = argument((text) => {
  if (/^[1-9]\d{0,9}$/.test(text)) return Number(text);
  throw new ForebayError('bad-request', `'${text}' is not a process id.`);
});

/** Kept as it was written. */
export const sourceArgument = argument((text) => {
  parseImportSource(text);
  return text;
});

export const endpointArgument = argument((text) => {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new ForebayError(
    'bad-request',
    `'${text}' is not the address of an S3 endpoint.`,
    'Write it like https://s3.example.com or http://127.0.0.1:8333.',
  );
});
