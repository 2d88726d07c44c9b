import type { Command } from 'commander';
import { parseRef } from '../../../api/ref.ts';
import type { CheckoutResult } from '../../../api/schemas.ts';
import { formatCount } from '../../../api/units.ts';
import { act } from '../../act.ts';
import { refArgument } from '../../arguments.ts';
import { resultOfOwnJob } from '../../ownJob.ts';
import type { Session } from '../../session.ts';

export function addClone(parent: Command, session: Session): void {
  parent
    .command('clone')
    .description('make a new working copy of a version')
    .argument('<ref>', 'NAME[@VERSION]', refArgument)
    .argument('[dir]', "default: the dataset's name")
    .action(
      act<object, [string, string | undefined]>(session, async (context, _, ref, dir) => {
        const folder = context.resolve(dir ?? parseRef(ref).name);
        const result = await resultOfOwnJob<CheckoutResult>(context, (client) =>
          client.workingCopies.clone({ ref, folder }),
        );
        return { json: result, text: describe(result) };
      }),
    );
}

function describe({ dataset, version, folder, added }: CheckoutResult): string {
  return `${dataset}@v${version} is in ${folder}: ${formatCount(added, 'file')}`;
}
