import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** What a program prints; rejects with its `stderr` where it fails. */
export const execute = async (program: string, ...args: string[]): Promise<string> =>
  (await promisify(execFile)(program, args, { maxBuffer: 1 << 26 })).stdout;

/** Why a program failed, in its own last words. */
export function lastLine(cause: unknown): string {
  const { stderr, message } = cause as { stderr?: string; message: string };
  return (stderr || message).trim().split('\n').at(-1) ?? '';
}
