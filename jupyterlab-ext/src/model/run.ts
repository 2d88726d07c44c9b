import { runDataName, runMetricTexts } from '@forebay/core/api/run/runText';
import { withoutSecrets } from '@forebay/core/api/run/withoutSecrets';
import type { Run } from '@forebay/core/api/schemas';
import { formatAgo, formatMoment } from '@forebay/core/api/text/moment';
import { formatDuration } from '@forebay/core/api/text/units';

/** How many metrics a line names. */
const named = 3;

/** How it went and when: 'running, 2 min', 'failed 3 h ago', '3 h ago'. */
export function runState(run: Run, now: number): string {
  if (run.state === 'running') {
    return `running, ${formatDuration(Math.max(0, (now - Date.parse(run.started)) / 1000))}`;
  }
  const when = formatAgo(run.ended ?? run.started, now);
  return run.state === 'finished' ? when : `${run.state} ${when}`;
}

/** What it read and what it measured, as far as a line has room. */
export function runWords(run: Run): string[] {
  const metrics = runMetricTexts(run).map(([key, text]) => `${key} ${text}`);
  return [...run.datasets.map(runDataName), ...metrics.slice(0, named)];
}

/** All of it, for hovering. */
export function runSentence(run: Run): string {
  return [
    `${run.name}, ${run.experiment.name}`,
    run.exitCode === null ? run.state : `${run.state}, exit code ${run.exitCode}`,
    `Began ${formatMoment(run.started)}, by ${run.user}`,
    run.command ? withoutSecrets(run.command).join(' ') : undefined,
  ]
    .filter(Boolean)
    .join('\n');
}
