/** What the SDK, Node's HTTP or we ourselves throw when a request fails. */
interface Failure {
  name?: string;
  message?: string;
  code?: string;
  syscall?: string;
  $metadata?: { httpStatusCode?: number };
  $response?: { statusCode?: number };
}

const busyStatus = new Set([408, 429, 500, 502, 503, 504]);
const busyNames = new Set([
  'TimeoutError',
  'RequestTimeout',
  'SlowDown',
  'ConditionalRequestConflict',
  'OperationAborted',
]);
export const noCredentials: ReadonlySet<string> = new Set(['CredentialsProviderError', 'TokenProviderError']);
const neverSentCodes = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const lostCodes = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ERR_STREAM_PREMATURE_CLOSE']);

/** The body ended early, or the answer was garbled on its way. */
export class CutAnswer extends Error {
  override readonly name = 'CutAnswer';
}

export function failureName(thrown: unknown): string {
  const { name = '', code = '' } = thrown as Failure;
  return code || name;
}

export function failureStatus(thrown: unknown): number | undefined {
  const { $metadata, $response } = thrown as Failure;
  return $metadata?.httpStatusCode ?? $response?.statusCode;
}

/** Worth another attempt: the store is busy, or the connection was lost. */
export function isTransient(thrown: unknown): boolean {
  const { name = '', code = '' } = thrown as Failure;
  if (name === 'AbortError') return false;
  return (
    thrown instanceof CutAnswer ||
    busyNames.has(name) ||
    neverSentCodes.has(code) ||
    lostCodes.has(code) ||
    code.startsWith('HPE_') ||
    busyStatus.has(failureStatus(thrown) ?? 0)
  );
}

/** True where the store has certainly not seen the request. */
export function isNeverSent(thrown: unknown): boolean {
  const { code = '', syscall = '', message = '' } = thrown as Failure;
  return (
    neverSentCodes.has(code) || syscall === 'connect' || message.includes('did not establish a connection')
  );
}

export function isAbsent(thrown: unknown): boolean {
  return failureStatus(thrown) === 404 && (thrown as Failure).name !== 'NoSuchBucket';
}

/** If-None-Match answered: the key exists (412), or a competing write is under way (409). */
export function isRefusedCondition(thrown: unknown): boolean {
  const status = failureStatus(thrown);
  return status === 412 || status === 409;
}
