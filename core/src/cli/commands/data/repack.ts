import type { Command } from 'commander';
import type { RepackResult } from '../../../api/schemas.ts';
import { formatBytes, formatCount } from '../../../api/text/units.ts';
import { act } from '../../act.ts';
import { nameArgument } from '../../arguments.ts';
import { resultOfOwnJob } from '../../ownJob.ts';
import type { Session } from '../../session.ts';
import { printable } from '../../text/format.ts';

export function addRepack(parent: Command, session: Session): void {
  parent
    .command('repack')
    .description('show which packs are less than half in use; copy what is in use of them into new ones')
    .argument('<name>', 'of the dataset', nameArgument)
    .option('--no-dry-run', 'do it, instead of only showing what would be done')
    .action(
      act<{ dryRun: boolean }, [string]>(session, async (context, { dryRun }, dataset) => {
        const result = await resultOfOwnJob<RepackResult>(
          context,
          (client) => client.house.repack({ dataset, dryRun }),
          'Cancelled; what was done by then stays so.',
        );
        return { json: result, text: describe(result), exitCode: result.problems.length > 0 ? 1 : 0 };
      }),
    );
}

function describe(result: RepackResult): string {
  const { dataset, dryRun, packs, sparse, live, scattered, relocated, uploadedBytes, problems } = result;
  if (sparse.objects === 0 && scattered.length === 0) {
    return `${dataset}: nothing to repack; ${formatCount(packs, 'pack')} at least half in use`;
  }
  const lines = [
    ...(sparse.objects > 0
      ? [
          `${dataset}: ${formatCount(sparse.objects, 'pack')} of ${packs} less than half in use: ${formatBytes(live)} of ${formatBytes(sparse.bytes)}`,
        ]
      : []),
    ...(scattered.length > 0
      ? [`${dataset}: manifests of ${formatCount(scattered.length, 'version')} are scattered`]
      : []),
    ...problems.map(({ path, problem }) => `  ${printable(path)}: ${problem}`),
  ];
  if (dryRun)
    return [...lines, `Nothing was changed. Do it with 'forebay data repack ${dataset} --no-dry-run'.`].join(
      '\n',
    );
  const done = `Repacked: ${formatCount(relocated.length, 'version')} moved, ${formatBytes(uploadedBytes)} uploaded.`;
  const damaged = problems.length > 0 ? [`Heal what is damaged with 'forebay data repair ${dataset}'.`] : [];
  return [...lines, done, `The old packs go with 'forebay data gc ${dataset}'.`, ...damaged].join('\n');
}
