import type { Command } from 'commander';
import { formatSelector, parseRef } from '../../../api/ref.ts';
import type { RepairResult } from '../../../api/schemas.ts';
import { formatBytes, formatCount } from '../../../api/text/units.ts';
import { act } from '../../act.ts';
import { refArgument } from '../../arguments.ts';
import type { Context } from '../../context.ts';
import { resultOfOwnJob } from '../../ownJob.ts';
import type { Session } from '../../session.ts';
import { printable } from '../../text/format.ts';

export function addRepair(parent: Command, session: Session): void {
  parent
    .command('repair')
    .description('read every byte in the lake; heal what is damaged from caches and from this folder')
    .argument('<ref>', 'NAME[@VERSION]; without a version all of them', refArgument)
    .action(
      act<{ C?: string }, [string]>(session, async (context, options, text) => {
        const { name, selector } = parseRef(text);
        const folder = options.C === undefined ? await ownCopy(context, name) : context.folder;
        const request = {
          dataset: name,
          ...(text.includes('@') ? { version: formatSelector(selector) } : {}),
          ...(folder === undefined ? {} : { folder }),
        };
        const result = await resultOfOwnJob<RepairResult>(
          context,
          (client) => client.house.repair(request),
          'Cancelled; what was done by then stays so.',
        );
        return { json: result, text: describe(text, result), exitCode: result.problems.length > 0 ? 1 : 0 };
      }),
    );
}

/** Where the command was called, if that is a working copy of the dataset. */
async function ownCopy(context: Context, dataset: string): Promise<string | undefined> {
  const copy = await (await context.client()).workingCopies.get(context.folder).catch(() => undefined);
  return copy?.dataset === dataset ? copy.folder : undefined;
}

function describe(ref: string, result: RepairResult): string {
  const { versions, files, bytes, healed, relocated, uploadedBytes, problems } = result;
  const read = `${formatCount(versions, 'version')}, ${formatCount(files, 'file')}, ${formatBytes(bytes)}`;
  if (healed.length + problems.length === 0) return `${ref} is whole: ${read}`;
  const lines = healed.map(({ path, from }) => `  ${printable(path)}: healed from ${printable(from)}`);
  const done =
    healed.length > 0
      ? [
          `Healed ${formatCount(healed.length, 'file')} of ${formatCount(relocated.length, 'version')} (${formatBytes(uploadedBytes)} uploaded):`,
        ]
      : [];
  const left = problems.map(
    ({ path, problem }) => `  ${path === '' ? '' : `${printable(path)}: `}${problem}`,
  );
  const hint = [
    `${formatCount(problems.length, 'problem')} left:`,
    ...left,
    "Run it again in a folder that still has them ('-C FOLDER'), or sync such a folder; or restore the lake from a backup.",
  ];
  return [...done, ...lines, ...(problems.length > 0 ? hint : [])].join('\n');
}
