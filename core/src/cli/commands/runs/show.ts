import type { Command } from 'commander';
import { codeTag } from '../../../api/run/runTags.ts';
import { runDataName } from '../../../api/run/runText.ts';
import { withoutSecrets } from '../../../api/run/withoutSecrets.ts';
import type { Run } from '../../../api/schemas.ts';
import { findRun } from '../../../client/find/run.ts';
import { act } from '../../act.ts';
import { sparkline } from '../../run/sparkline.ts';
import type { Session } from '../../session.ts';

export function addRunsShow(parent: Command, session: Session): void {
  parent
    .command('show')
    .description('everything about one run')
    .argument('<run>', 'its id, the beginning of it, or its name')
    .action(
      act<object, [string]>(session, async (context, _options, which) => {
        const client = await context.client();
        const run = await findRun(client, which);
        const charts = await Promise.all(
          Object.keys(run.metrics).map(
            async (key) => [key, sparkline(await client.runs.chart(run.id, { key, most: columns }))] as const,
          ),
        );
        return { json: run, text: describe(run, new Map(charts)) };
      }),
    );
}

/** How wide a series is drawn. */
const columns = 30;

function describe(run: Run, charts: ReadonlyMap<string, string>): string {
  const lines = [
    ['run', `${run.name} (${run.id})`],
    ['experiment', run.experiment.name],
    ['state', run.exitCode === null ? run.state : `${run.state}, exit code ${run.exitCode}`],
    ['began', run.started],
    ['ended', run.ended ?? ''],
    ['command', withoutSecrets(run.command ?? []).join(' ')],
    ['folder', run.folder === null ? '' : `${run.folder} on ${run.host}`],
    ...run.datasets.map((each) => ['data', describeData(each)]),
    ['commit', run.tags[codeTag.commit] ?? ''],
    ...Object.entries(run.params).map(([key, value]) => [`param ${key}`, value]),
    ...Object.entries(run.metrics).map(([key, { text, step }]) => [
      `metric ${key}`,
      `${charts.get(key) ?? ''} ${text} at step ${step}`.trim(),
    ]),
  ].filter(([, value]) => value !== '');
  const width = Math.max(...lines.map(([title = '']) => title.length));
  return lines.map(([title = '', value]) => `${title.padEnd(width)}  ${value}`).join('\n');
}

function describeData(data: Run['datasets'][number]): string {
  const from = data.cache === null ? '' : `, from cache ${data.cache}`;
  return `${runDataName(data)} ${data.digest}${from}`;
}
