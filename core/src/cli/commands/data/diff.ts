import type { Command } from 'commander';
import { formatSelector, parseRef } from '../../../api/ref.ts';
import type { Diff } from '../../../api/schemas.ts';
import { formatBytes } from '../../../api/text/units.ts';
import { act } from '../../act.ts';
import { refArgument } from '../../arguments.ts';
import { Misuse } from '../../misuse.ts';
import type { Paint, Session } from '../../session.ts';
import { formatNumber, printable } from '../../text/format.ts';

export function addDiff(parent: Command, session: Session): void {
  parent
    .command('diff')
    .description('what changed from one version to another')
    .argument('<from>', 'NAME[@VERSION]', refArgument)
    .argument('<to>', 'NAME[@VERSION]', refArgument)
    .action(
      act<object, [string, string]>(session, async (context, _, fromText, toText) => {
        const [from, to] = [parseRef(fromText), parseRef(toText)];
        if (from.name !== to.name) {
          throw new Misuse(
            `${from.name} and ${to.name} are two datasets; a diff is between versions of one.`,
          );
        }
        const client = await context.client();
        const diff = await client.versions.diff(
          from.name,
          formatSelector(from.selector),
          formatSelector(to.selector),
        );
        return { json: diff, text: describe(diff, context.paint) };
      }),
    );
}

function describe({ added, changed, removed }: Diff, paint: Paint): string {
  const line = (sign: string, paths: Diff['added']) =>
    paths.map(({ path, size }) => `${sign} ${printable(path)}  ${paint('dim', formatBytes(size))}`);
  const count = (paths: Diff['added']) => formatNumber(paths.length);
  return [
    `${count(added)} added, ${count(changed)} changed, ${count(removed)} removed`,
    ...line(paint('green', '+'), added),
    ...line(paint('yellow', '~'), changed),
    ...line(paint('red', '-'), removed),
  ].join('\n');
}
