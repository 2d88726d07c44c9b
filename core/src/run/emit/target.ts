import { isAbsolute, resolve } from 'node:path';
import { ForebayError } from '../../api/errors.ts';

/** What OpenLineage's own clients add to an address without a path (openlineage-python, transport/http.py). */
const usualPath = '/api/v1/lineage';

/** Where events go: an absolute path or an address, in one way of writing. Throws `bad-request`. */
export function checkTarget(text: string): string {
  if (isAbsolute(text)) return resolve(text);
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    throw new ForebayError(
      'bad-request',
      `'${text}' is neither a file's path nor an address that takes events.`,
      'Write the path of a file, or an address such as http://127.0.0.1:5000.',
    );
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw new ForebayError(
      'bad-request',
      'An address with a password in it would be kept and shown.',
      "Put the key into the daemon's environment as OPENLINEAGE_API_KEY instead.",
    );
  }
  url.hash = '';
  if (url.pathname === '/') url.pathname = usualPath;
  return url.href;
}
