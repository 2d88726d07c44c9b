/**
 * Every failure that Forebay reports is one of these codes. A code names what went wrong for programs,
 * the message says it to a data scientist, the hint says what to do next.
 * They cross HTTP as RFC 9457 problem details and come out of the client as the same class.
 */
export const errorStatus = {
  'bad-name': 400,
  'bad-request': 400,
  'bad-path': 400,
  unauthenticated: 401,
  'lake-denied': 403,
  'dataset-unknown': 404,
  'version-unknown': 404,
  'cache-unknown': 404,
  'not-cached': 404,
  'job-unknown': 404,
  'lease-unknown': 404,
  'run-unknown': 404,
  'path-unknown': 404,
  'folder-unknown': 404,
  'not-a-working-copy': 404,
  'route-unknown': 404,
  'source-unknown': 404,
  'dataset-exists': 409,
  'cache-exists': 409,
  'cache-foreign': 409,
  'tag-exists': 409,
  'newer-version': 409,
  'merge-conflict': 409,
  'folder-busy': 409,
  'folder-not-empty': 409,
  'in-use': 409,
  'lake-other': 409,
  'daemon-newer': 409,
  cancelled: 409,
  'name-not-utf8': 422,
  'names-collide': 422,
  'file-changed': 422,
  'file-unreadable': 422,
  'link-leaves': 422,
  damaged: 422,
  'object-changed': 422,
  'lake-format': 422,
  'lake-feature': 422,
  'lake-unsafe': 422,
  'cache-unfit': 422,
  internal: 500,
  'lake-unreachable': 502,
  'daemon-unreachable': 503,
  'lake-missing': 503,
  'node-unfit': 503,
  'no-space': 507,
} as const;

export type ErrorCode = keyof typeof errorStatus;

/** RFC 9457 problem details; `type` is `urn:forebay:error:CODE`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  hint?: string | undefined;
}

export class ForebayError extends Error {
  override readonly name = 'ForebayError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }

  get status(): number {
    return errorStatus[this.code];
  }

  toProblem(): Problem {
    return {
      type: `urn:forebay:error:${this.code}`,
      title: this.code.replaceAll('-', ' '),
      status: this.status,
      detail: this.message,
      code: this.code,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
    };
  }

  static fromProblem(problem: Problem): ForebayError {
    const code = problem.code in errorStatus ? problem.code : 'internal';
    return new ForebayError(code, problem.detail, problem.hint);
  }

  /**
   * Any thrown value as a ForebayError; a full disk, which may stop anything, as `no-space`, and what we did not foresee
   * as `internal`. The cause is kept.
   */
  static from(thrown: unknown): ForebayError {
    if (thrown instanceof ForebayError) return thrown;
    if (isDiskFull(thrown)) return diskFull(thrown);
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return new ForebayError('internal', message, undefined, { cause: thrown });
  }
}

export function isForebayError(thrown: unknown, ...codes: ErrorCode[]): thrown is ForebayError {
  return thrown instanceof ForebayError && (codes.length === 0 || codes.includes(thrown.code));
}

interface SystemError extends Error {
  code?: string;
  errcode?: number;
}

/** What the system says of a disk without room or inodes, or of a quota; SQLite says SQLITE_FULL (https://sqlite.org/rescode.html). */
function isDiskFull(thrown: unknown): thrown is SystemError {
  if (!(thrown instanceof Error)) return false;
  const { code, errcode }: SystemError = thrown;
  return code === 'ENOSPC' || code === 'EDQUOT' || errcode === 13;
}

function diskFull(cause: SystemError): ForebayError {
  return new ForebayError(
    'no-space',
    `There is no room left on a disk (${cause.message}).`,
    'Free bytes or inodes there, then try again.',
    { cause },
  );
}
