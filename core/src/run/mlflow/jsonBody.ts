import { readBody } from '../body.ts';
import { TrackingError } from '../error.ts';

/** Of a request but for artifacts: the largest that a client has reason to send, a batch of long tags, is a tenth of it. */
const mostBytes = 64 * 2 ** 20;

export async function jsonBody(request: Request): Promise<Record<string, unknown>> {
  const bytes = await readBody(request, mostBytes);
  if (bytes === undefined) {
    throw new TrackingError('BAD_REQUEST', `The request's body is larger than ${mostBytes / 2 ** 20} MiB.`);
  }
  const text = Buffer.from(bytes).toString();
  if (text === '') return {};
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
      return body as Record<string, unknown>;
    }
  } catch {
    // Said below.
  }
  throw new TrackingError('BAD_REQUEST', "The request's body is not a JSON object.");
}
