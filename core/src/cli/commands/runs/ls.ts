import type { Command } from 'commander';
import { runDataName, runMetricTexts } from '../../../api/run/runText.ts';
import type { Run } from '../../../api/schemas.ts';
import { formatAgo } from '../../../api/text/moment.ts';
import { formatDuration } from '../../../api/text/units.ts';
import { act } from '../../act.ts';
import { countArgument } from '../../arguments.ts';
import type { Paint, Session } from '../../session.ts';
import { formatTable } from '../../text/table.ts';

interface Options {
  experiment?: string;
  filter?: string;
  last: number;
}

export function addRunsLs(parent: Command, session: Session): void {
  parent
    .command('ls')
    .description('runs, the latest first')
    .option('--experiment <name>', 'only of this experiment')
    .option('--filter <condition>', "metrics.loss < 0.1 and params.model = 'cnn'")
    .option('--last <count>', 'how many', countArgument, 50)
    .action(
      act<Options, []>(session, async (context, { experiment, filter, last }) => {
        const client = await context.client();
        const { items } = await client.runs.list({
          limit: Math.min(last, 1000),
          ...(experiment === undefined ? {} : { experiment }),
          ...(filter === undefined ? {} : { filter }),
        });
        const none =
          filter === undefined
            ? 'No runs yet. Record one: forebay run -- python train.py'
            : 'No run meets this condition.';
        return { json: items, text: items.length === 0 ? none : table(items, context.paint) };
      }),
    );
}

function table(runs: Run[], paint: Paint): string {
  return formatTable(
    runs,
    [
      { title: 'RUN', of: ({ name }) => name },
      { title: 'ID', of: ({ id }) => id.slice(0, 8) },
      {
        title: 'STATE',
        of: ({ state }) => (state === 'failed' || state === 'lost' ? paint('red', state) : state),
      },
      { title: 'BEGAN', align: 'right', of: ({ started }) => formatAgo(started, Date.now()) },
      {
        title: 'TOOK',
        align: 'right',
        of: (run) => (run.ended === null ? '' : formatDuration(secondsOf(run))),
      },
      { title: 'DATA', of: ({ datasets }) => datasets.map(runDataName).join(', ') },
      { title: 'EXPERIMENT', of: ({ experiment }) => experiment.name },
      { title: 'METRICS', of: metricsOf },
    ],
    paint,
  );
}

const secondsOf = ({ started, ended }: Run) => (Date.parse(ended ?? started) - Date.parse(started)) / 1000;

/** The first few that the script logged itself. */
function metricsOf(run: Run): string {
  const texts = runMetricTexts(run).map(([key, text]) => `${key} ${text}`);
  return texts.slice(0, 3).join(', ');
}
