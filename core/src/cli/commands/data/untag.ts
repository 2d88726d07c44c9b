import type { Command } from 'commander';
import { act } from '../../act.ts';
import { nameArgument, tagArgument } from '../../arguments.ts';
import type { Session } from '../../session.ts';

export function addUntag(parent: Command, session: Session): void {
  parent
    .command('untag')
    .description('take a tag off its version, which stays')
    .argument('<name>', 'of the dataset', nameArgument)
    .argument('<tag>', 'to remove', tagArgument)
    .action(
      act<object, [string, string]>(session, async (context, _, name, tag) => {
        await (await context.client()).versions.untag(name, tag);
        return { json: { dataset: name, tag }, text: `${name}@${tag} is no more; the version stays.` };
      }),
    );
}
