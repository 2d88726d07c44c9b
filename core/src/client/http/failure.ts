import { isAxiosError, isCancel } from 'axios';
import { ForebayError, type Problem } from '../../api/errors.ts';
import { readChunks } from './chunks.ts';

/** What axios threw, as the error that the daemon meant; no answer at all is `daemon-unreachable`. */
export async function toForebayError(thrown: unknown): Promise<ForebayError> {
  if (isCancel(thrown)) return new ForebayError('cancelled', 'The request was cancelled.');
  if (!isAxiosError(thrown)) return ForebayError.from(thrown);
  if (thrown.response === undefined) return unreachable(thrown);
  const problem = await readProblem(thrown.response.data);
  if (problem) return ForebayError.fromProblem(problem);
  return new ForebayError(
    'internal',
    `Forebay's daemon answered ${thrown.response.status} where a result was expected.`,
    undefined,
    { cause: thrown },
  );
}

function unreachable(cause: Error): ForebayError {
  return new ForebayError(
    'daemon-unreachable',
    "Forebay's daemon on this machine doesn't answer.",
    "Start it with 'forebay up'.",
    { cause },
  );
}

async function readProblem(body: unknown): Promise<Problem | undefined> {
  try {
    const value = typeof body === 'string' ? JSON.parse(body) : isBytes(body) ? decode(body) : body;
    if (isProblem(value)) return value;
    return isStream(value) ? decode(await readAll(value)) : undefined;
  } catch {
    return undefined;
  }
}

function decode(bytes: ArrayBuffer | Uint8Array): Problem | undefined {
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
  return isProblem(value) ? value : undefined;
}

async function readAll(stream: object): Promise<Uint8Array> {
  const bytes: number[] = [];
  for await (const chunk of readChunks(stream)) bytes.push(...chunk);
  return Uint8Array.from(bytes);
}

function isBytes(value: unknown): value is ArrayBuffer | Uint8Array {
  return value instanceof ArrayBuffer || value instanceof Uint8Array;
}

function isStream(value: unknown): value is object {
  return (
    typeof value === 'object' && value !== null && (Symbol.asyncIterator in value || 'getReader' in value)
  );
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'detail' in value;
}
