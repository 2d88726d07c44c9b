import type { Command } from 'commander';
import { parseRef } from '../../../api/ref.ts';
import type { CheckoutResult, Selection } from '../../../api/schemas.ts';
import { formatPart, selectionOf } from '../../../api/selection.ts';
import { formatCount } from '../../../api/text/units.ts';
import { act } from '../../act.ts';
import { refArgument } from '../../arguments.ts';
import { resultOfOwnJob } from '../../ownJob.ts';
import { tellRead } from '../../run/tellRead.ts';
import { addSelection, globsOf, type SelectionOptions } from '../../selectionOptions.ts';
import type { Session } from '../../session.ts';

const partHelp = `
A working copy of a part stays one: 'data sync' carries over whatever is outside it, 'data pull' brings in what is
inside. Every .forebayignore of the version comes along.`;

export function addClone(parent: Command, session: Session): void {
  const command = parent
    .command('clone')
    .description('make a new working copy of a version, or of a part of it')
    .argument('<ref>', 'NAME[@VERSION]', refArgument)
    .argument('[dir]', "default: the dataset's name");
  addSelection(command)
    .addHelpText('after', partHelp)
    .action(
      act<SelectionOptions, [string, string | undefined]>(session, async (context, options, ref, dir) => {
        const folder = context.resolve(dir ?? parseRef(ref).name);
        const result = await resultOfOwnJob<CheckoutResult>(context, (client) =>
          client.workingCopies.clone({ ref, folder, ...globsOf(options) }),
        );
        await tellRead(context, { ref: `${result.dataset}@v${result.version}` });
        return { json: result, text: describe(result, selectionOf(options)) };
      }),
    );
}

function describe({ dataset, version, folder, added }: CheckoutResult, selection: Selection | null): string {
  return `${formatPart(dataset, version, selection)} is in ${folder}: ${formatCount(added, 'file')}`;
}
