import type { RunImportResult } from '../../api/schemas.ts';
import { formatBytes, formatCount } from '../../api/text/units.ts';
import { formatNumber, printable } from '../text/format.ts';

const longestList = 20;

/** What an import left out, for standard error. */
export function problemLines(result: RunImportResult): string[] {
  const { problems, artifacts, runs, models } = result;
  const changed = runs.new + runs.updated + models.new + models.updated > 0;
  const lines = problems.some.slice(0, longestList).map((sentence) => `  ${printable(sentence)}`);
  const more = problems.count - lines.length;
  return [
    ...(problems.count > 0 ? [`${formatCount(problems.count, 'problem')}:`, ...lines] : []),
    ...(more > 0 ? [`  and ${formatNumber(more)} more`] : []),
    ...(changed && artifacts.elsewhere > 0
      ? [
          'Artifacts that lie elsewhere were not copied; clients that may read them there still find them:',
          ...artifacts.elsewhereSome.map((uri) => `  ${printable(uri)}`),
        ]
      : []),
    ...(changed && artifacts.absent > 0
      ? [
          `${formatCount(artifacts.absent, 'artifact folder')} named there can't be found on this machine: no files, or moved.`,
        ]
      : []),
  ];
}

/** What came of it. */
export function importText(result: RunImportResult): string {
  const { kind, path, dryRun, experiments, runs, models, points, artifacts } = result;
  const from = `${kind} ${path}`;
  const refused = runs.refused > 0 ? `, ${formatNumber(runs.refused)} left out` : '';
  if (runs.new + runs.updated + models.new + models.updated === 0) {
    if (runs.unchanged === 0 && runs.refused > 0) {
      return `Nothing could be imported from ${from}: ${formatCount(runs.refused, 'run')} left out.`;
    }
    return `Nothing changed: all ${formatCount(runs.unchanged, 'run')} of ${from} stand${refused}.`;
  }
  const counted = [
    `${formatNumber(runs.new)} new, ${formatNumber(runs.updated)} brought up to date, ${formatNumber(runs.unchanged)} unchanged${refused}`,
    `${formatCount(experiments.all, 'experiment')}, ${formatNumber(experiments.new)} new`,
    ...(models.new + models.updated > 0 ? [formatCount(models.new + models.updated, 'model')] : []),
    formatCount(points, 'point'),
    `${formatCount(artifacts.files, 'file')}, ${formatBytes(artifacts.bytes)}`,
  ];
  return `${dryRun ? 'Would import from' : 'Imported from'} ${from}\nruns: ${counted.join('; ')}`;
}
