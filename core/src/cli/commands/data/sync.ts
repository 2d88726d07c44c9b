import type { Command } from 'commander';
import type { SyncResult } from '../../../api/schemas.ts';
import { formatBytes, formatCount } from '../../../api/text/units.ts';
import { act } from '../../act.ts';
import type { Context } from '../../context.ts';
import { resultOfOwnJob } from '../../ownJob.ts';
import { withinRun } from '../../run/withinRun.ts';
import type { Session } from '../../session.ts';
import { syncLine } from '../../shapes.ts';
import { formatChange } from '../../text/format.ts';
import { describeLeftOut } from '../../text/leftOut.ts';

interface Options {
  message?: string;
  author?: string;
  replace?: boolean;
}

const ignoreHelp = `
What a file '.forebayignore' names (gitignore's grammar; at the top or in any folder) is left out of versions. A file
that a version has and that is named now counts as removed. The '.forebayignore' itself is a file like any other.
In a working copy of a part, whatever is outside the part stays in the new version as it is.`;

export function addSync(parent: Command, session: Session): void {
  parent
    .command('sync')
    .description('make a version of this working copy and upload it')
    .option('-m, --message <text>', 'what changed, for people')
    .option('--author <name>', "whose version it is, if not this account's")
    .option('--replace', 'make this folder the next version whatever came between')
    .addHelpText('after', ignoreHelp)
    .action(
      act<Options, []>(session, async (context, options) => {
        const before = await (await context.client()).workingCopies.get(context.folder);
        const result = await resultOfOwnJob<SyncResult>(context, (client) =>
          client.workingCopies.sync({
            folder: context.folder,
            ...requested(options),
            ...withinRun(context.env),
          }),
        );
        const made = result.version > before.latest;
        return { json: syncLine(result), text: await describe(context, result, made, before) };
      }),
    );
}

function requested({ message, author, replace }: Options) {
  return {
    ...(message === undefined ? {} : { message }),
    ...(author === undefined ? {} : { author }),
    ...(replace ? { replace } : {}),
  };
}

async function describe(
  context: Context,
  result: SyncResult,
  made: boolean,
  before: { base: number; latest: number },
): Promise<string> {
  const { dataset, version } = result;
  const name = `${dataset}@v${version}`;
  if (!made && result.uploadedBytes === 0) return `Nothing changed: ${name} stands.`;
  const size = `${formatCount(result.files, 'file')}, ${formatBytes(result.bytes)}`;
  const text = `${name}  ${size}  ${formatChange(result)}  (${describeTransfer(result)})`;
  if (before.latest <= before.base) return text;
  return `${text}\n${await describeLeftOut(await context.client(), dataset, before.latest, version)}`.trimEnd();
}

function describeTransfer({ uploadedBytes, resumedBytes }: SyncResult): string {
  const uploaded = `${formatBytes(uploadedBytes)} uploaded`;
  return resumedBytes > 0
    ? `${uploaded}, ${formatBytes(resumedBytes)} taken over from the interrupted sync`
    : uploaded;
}
