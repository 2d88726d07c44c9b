import type { VerifyResult } from '../../api/schemas.ts';
import { formatBytes, formatCount } from '../../api/text/units.ts';
import { printable } from './format.ts';

export function formatVerification(what: string, result: VerifyResult): string {
  const size = `${formatCount(result.files, 'file')}, ${formatBytes(result.bytes)}`;
  if (result.ok) return `${what} is whole: ${size}`;
  const problems = result.problems.map(({ path, problem }) => `  ${printable(path)}: ${problem}`);
  return [`${what} is damaged (${size} read):`, ...problems].join('\n');
}

/** Several verifications as one. */
export function sumVerifications(results: VerifyResult[]): VerifyResult {
  return {
    ok: results.every(({ ok }) => ok),
    files: results.reduce((sum, { files }) => sum + files, 0),
    bytes: results.reduce((sum, { bytes }) => sum + bytes, 0),
    problems: results.flatMap(({ problems }) => problems),
  };
}
