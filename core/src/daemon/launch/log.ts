import fs from 'node:fs';
import { ForebayError, type Problem } from '../../api/errors.ts';

const longestQuote = 2000;
const marker = 'forebay-problem ';

/** What was written to a log after its first `from` bytes; the last 2,000 characters of it. */
export function endOfLog(file: string, from: number): string {
  try {
    return fs.readFileSync(file).subarray(from).toString('utf8').trim().slice(-longestQuote);
  } catch {
    return '';
  }
}

/** How a daemon that can't start tells its starter why: one line that both people and `reportedProblem` can read. */
export function problemLine(error: ForebayError): string {
  return `${marker}${JSON.stringify(error.toProblem())}`;
}

export function reportedProblem(said: string): ForebayError | undefined {
  const line = said.split('\n').findLast((each) => each.startsWith(marker));
  if (line === undefined) return undefined;
  try {
    return ForebayError.fromProblem(JSON.parse(line.slice(marker.length)) as Problem);
  } catch {
    return undefined;
  }
}

/** Puts a log that has grown large aside, so that there are never more than two of this size. */
export function turnLog(file: string, limit = 5_000_000): void {
  if ((fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) > limit) fs.renameSync(file, `${file}.1`);
}
