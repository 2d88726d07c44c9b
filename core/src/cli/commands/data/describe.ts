import type { Command } from 'commander';
import type { DatasetChange } from '../../../api/schemas.ts';
import { act } from '../../act.ts';
import { nameArgument } from '../../arguments.ts';
import type { Session } from '../../session.ts';
import { printable } from '../../text/format.ts';

const collect = (label: string, before: string[]) => [...before, label];

interface DescribeOptions {
  message?: string;
  label: string[];
  unlabel: string[];
}

export function addDescribe(parent: Command, session: Session): void {
  parent
    .command('describe')
    .description('what a dataset is and what it belongs to; says it, or changes it')
    .argument('<name>', 'of the dataset', nameArgument)
    .option('-m, --message <text>', 'what it is')
    .option('--label <label>', 'give it a label; may be given again', collect, [])
    .option('--unlabel <label>', 'take a label away; may be given again', collect, [])
    .action(
      act<DescribeOptions, [string]>(session, async (context, options, name) => {
        const { datasets } = await context.client();
        const before = await datasets.get(name);
        const asked = changeAsked(options, before.labels);
        const { description, ...dataset } =
          Object.keys(asked).length > 0 ? await datasets.change(name, asked) : before;
        const lines = [
          name,
          description === '' ? 'No description yet.' : printable(description),
          ...(dataset.labels.length > 0 ? [`Labels: ${dataset.labels.map(printable).join(', ')}`] : []),
        ];
        return { json: { description, ...dataset }, text: lines.join('\n') };
      }),
    );
}

/** Nothing but what was asked for: meanwhile somebody else may have given it other labels. */
export function changeAsked(
  { message, label, unlabel }: DescribeOptions,
  labels: readonly string[],
): DatasetChange {
  const others = labels.filter((each) => !unlabel.includes(each));
  return {
    ...(message === undefined ? {} : { description: message }),
    ...(label.length + unlabel.length > 0 ? { labels: [...others, ...label] } : {}),
  };
}
