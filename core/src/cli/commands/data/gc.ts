import type { Command } from 'commander';
import type { CollectResult } from '../../../api/schemas.ts';
import { formatBytes, formatCount, formatDuration } from '../../../api/text/units.ts';
import { act } from '../../act.ts';
import { durationArgument, nameArgument } from '../../arguments.ts';
import { resultOfOwnJob } from '../../ownJob.ts';
import type { Session } from '../../session.ts';

interface Options {
  dryRun: boolean;
  olderThan?: number;
}

const day = 86_400;

export function addGc(parent: Command, session: Session): void {
  parent
    .command('gc')
    .description('show what no version refers to any more; name it as garbage, and delete it a day later')
    .argument('[name]', 'of the dataset; default: all, and those that were deleted', nameArgument)
    .option('--no-dry-run', 'do it, instead of only showing what would be done')
    .option(
      '--older-than <time>',
      'leave alone what is younger, like 12h or 7d (default: 1d)',
      durationArgument,
    )
    .action(
      act<Options, [string | undefined]>(session, async (context, { dryRun, olderThan = day }, name) => {
        const request = { dataset: name ?? null, dryRun, olderThanSeconds: olderThan };
        const results = await resultOfOwnJob<CollectResult[]>(
          context,
          (client) => client.house.collect(request),
          'Cancelled; what was done by then stays so.',
        );
        const texts = results.map((result) => describe(result, olderThan));
        const lines = dryRun && results.some(isWorth) ? [...texts, next(name)] : texts;
        const text = lines.length > 0 ? lines.join('\n') : 'There is no dataset in this lake.';
        return { json: name === undefined ? results : results[0], text };
      }),
    );
}

const isWorth = ({ named, deleted }: CollectResult) => named.objects + deleted.objects > 0;

function describe(result: CollectResult, olderThan: number): string {
  const { dataset, dryRun, unreferenced, young, named, waiting, deleted } = result;
  const all = {
    objects: unreferenced.reduce((sum, { objects }) => sum + objects, 0),
    bytes: unreferenced.reduce((sum, { bytes }) => sum + bytes, 0),
  };
  if (all.objects === 0) return `${dataset}: no garbage`;
  const kinds = unreferenced.map(({ kind, ...sum }) => `${kind} ${amount(sum)}`).join('; ');
  const lines = [
    [deleted, dryRun ? 'to be deleted' : 'deleted'],
    [named, `${dryRun ? 'to be named' : 'named'} as garbage, which is deleted a day later`],
    [waiting, `named already, to be deleted from ${waiting.until}`],
    [young, `left alone, since younger than ${formatDuration(olderThan)}`],
  ] as const;
  return [
    `${dataset}: ${amount(all)} that no version refers to (${kinds})`,
    ...lines.filter(([{ objects }]) => objects > 0).map(([sum, what]) => `  ${amount(sum)} ${what}`),
  ].join('\n');
}

function amount({ objects, bytes }: { objects: number; bytes: number }): string {
  return `${formatCount(objects, 'object')}, ${formatBytes(bytes)}`;
}

function next(name: string | undefined): string {
  return `Nothing was changed. Do it with 'forebay data gc ${name === undefined ? '' : `${name} `}--no-dry-run'.`;
}
