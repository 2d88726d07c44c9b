import { archiveTag, starTag } from '@forebay/core/api/run/runTags';
import { runDataName, runMetricTexts } from '@forebay/core/api/run/runText';
import { withoutSecrets } from '@forebay/core/api/run/withoutSecrets';
import type { Run, RunState } from '@forebay/core/api/schemas';
import { formatAgo, untilNextAge } from '@forebay/core/api/text/moment';
import { formatDuration } from '@forebay/core/api/text/units';
import { escapeMarkdown, type Row, say } from '../tree/row.ts';

const looks: Record<RunState, { icon: string; color?: string }> = {
  running: { icon: 'sync~spin' },
  scheduled: { icon: 'clock' },
  finished: { icon: 'pass', color: 'testing.iconPassed' },
  failed: { icon: 'error', color: 'testing.iconFailed' },
  killed: { icon: 'circle-slash' },
  lost: { icon: 'question', color: 'list.warningForeground' },
};

/** How many metrics a row names. */
const named = 2;

export function runRow(run: Run, now: number): Row {
  const state = run.state === 'finished' ? '' : run.state;
  const metrics = runMetricTexts(run).slice(0, named);
  const starred = run.tags[starTag] === 'true';
  const archived = run.tags[archiveTag] === 'true';
  const description = say(
    starred && '★',
    archived && 'archived',
    state,
    ...metrics.map(([key, text]) => `${key} ${text}`),
    ageOf(run, now),
  );
  const data = run.datasets.map(runDataName).join(', ');
  const lines = [
    `**${escapeMarkdown(run.name)}**`,
    escapeMarkdown(`${run.experiment.name}, started by ${run.user}`),
    run.exitCode === null ? run.state : `${run.state}, exit code ${run.exitCode}`,
    data && escapeMarkdown(data),
    run.command ? `\`${withoutSecrets(run.command).join(' ').replaceAll('`', "'")}\`` : '',
  ];
  return {
    id: run.id,
    label: run.name,
    description,
    ...looks[run.state],
    tooltip: lines.filter(Boolean).join('  \n'),
    spoken: `Run ${run.name}, ${run.state}${starred ? ', starred' : ''}${archived ? ', archived' : ''}${data && `, with ${data}`}`,
    context: `run.${run.state}${starred ? 'Starred' : ''}${archived ? 'Archived' : ''}`,
    expandable: true,
    command: 'forebay.experiment.openRun',
  };
}

/** What a run used and gave, one line each: data, then what was measured, then what it was told. */
export function factsOf(run: Run): { title: string; value: string; icon: string }[] {
  return [
    ...run.datasets.map((data) => ({
      title: runDataName(data),
      value: data.cache === null ? '' : `from cache ${data.cache}`,
      icon: 'database',
    })),
    ...runMetricTexts(run).map(([title, value]) => ({ title, value, icon: 'graph-line' })),
    ...Object.entries(run.params).map(([title, value]) => ({ title, value, icon: 'symbol-parameter' })),
  ];
}

function ageOf({ state, started, ended }: Run, now: number): string {
  if (state !== 'running') return formatAgo(ended ?? started, now);
  return formatDuration(Math.max(0, (now - Date.parse(started)) / 1000));
}

/** Milliseconds until one of these rows says another age; undefined where there is no run. */
export function nextRunAge(runs: readonly Run[], now: number): number | undefined {
  const waits = runs.map(({ state, started, ended }) =>
    state === 'running' ? untilNextSecond(started, now) : untilNextAge(ended ?? started, now),
  );
  return waits.length === 0 ? undefined : Math.min(...waits);
}

const untilNextSecond = (time: string, now: number) => 1000 - (Math.max(0, now - Date.parse(time)) % 1000);
