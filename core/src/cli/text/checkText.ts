import type { Check } from '../../api/schemas.ts';
import type { Paint } from '../session.ts';

const marks: Record<Check['outcome'], [sign: string, format: Parameters<Paint>[0]]> = {
  passed: ['ok', 'green'],
  note: ['note', 'yellow'],
  failed: ['no', 'red'],
  skipped: ['-', 'dim'],
};

/** A line for each thing that was tried, with what to do below it. */
export function formatChecks(checks: readonly Check[], paint: Paint): string {
  const width = Math.max(...checks.map(({ name }) => name.length));
  return checks
    .flatMap(({ name, outcome, says, hint, seconds }) => {
      const [sign, format] = marks[outcome];
      const time = seconds === null ? '' : ` (${Math.max(1, Math.round(seconds * 1000))} ms)`;
      const line = `${paint(format, sign.padEnd(4))}  ${name.padEnd(width)}  ${says}${time}`;
      return hint === null ? [line] : [line, `${' '.repeat(width + 8)}${hint}`];
    })
    .join('\n');
}
