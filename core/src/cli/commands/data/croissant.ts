import type { Command } from 'commander';
import { formatSelector, parseRef } from '../../../api/ref.ts';
import { act } from '../../act.ts';
import { refArgument } from '../../arguments.ts';
import type { Session } from '../../session.ts';

export function addCroissant(parent: Command, session: Session): void {
  parent
    .command('croissant')
    .description('a version described in Croissant (JSON-LD), for other tools and catalogues')
    .argument('<ref>', 'NAME[@SEL]', refArgument)
    .action(
      act<object, [string]>(session, async (context, _options, ref) => {
        const { name, selector } = parseRef(ref);
        const { versions } = await context.client();
        const document = await versions.croissant(name, formatSelector(selector));
        return { json: document, text: JSON.stringify(document, null, 2) };
      }),
    );
}
