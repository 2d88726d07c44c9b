import type { Command } from 'commander';
import type { WorkingCopy } from '../../../api/schemas.ts';
import { act } from '../../act.ts';
import { nameArgument } from '../../arguments.ts';
import type { Session } from '../../session.ts';

export function addInit(parent: Command, session: Session): void {
  parent
    .command('init')
    .description('make this folder a working copy; the dataset is made if need be')
    .argument('<name>', 'of the dataset', nameArgument)
    .action(
      act<object, [string]>(session, async (context, _, dataset) => {
        const client = await context.client();
        const copy = await client.workingCopies.create({ folder: context.folder, dataset });
        return { json: copy, text: describe(copy) };
      }),
    );
}

function describe({ folder, dataset, latest }: WorkingCopy): string {
  return latest === 0
    ? `${folder} is a working copy of ${dataset}. Make its first version with: forebay data sync`
    : `${folder} is a working copy of ${dataset}, whose newest version is v${latest}.`;
}
