import type { Command } from 'commander';
import { formatRef, formatSelector, parseRef } from '../../../api/ref.ts';
import { act } from '../../act.ts';
import { refArgument, tagArgument } from '../../arguments.ts';
import type { Session } from '../../session.ts';

export function addTag(parent: Command, session: Session): void {
  parent
    .command('tag')
    .description('give a version a name')
    .argument('<ref>', 'NAME[@VERSION]', refArgument)
    .argument('<tag>', 'reachable as NAME@TAG from now on', tagArgument)
    .action(
      act<object, [string, string]>(session, async (context, _, refText, tag) => {
        const { name, selector } = parseRef(refText);
        const client = await context.client();
        const { version } = await client.versions.get(name, formatSelector(selector));
        const tagged = await client.versions.tag(name, tag, version);
        return { json: tagged, text: `${name}@${tag} is ${formatRef(name, version)}` };
      }),
    );
}
