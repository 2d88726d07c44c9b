import type { Command } from 'commander';
import type { Version } from '../../../api/schemas.ts';
import { formatAge } from '../../../api/text/moment.ts';
import { formatBytes } from '../../../api/text/units.ts';
import { act } from '../../act.ts';
import { nameArgument } from '../../arguments.ts';
import type { Paint, Session } from '../../session.ts';
import { logLine } from '../../shapes.ts';
import { formatChange, formatNumber, printable } from '../../text/format.ts';
import { formatTable } from '../../text/table.ts';

export function addLog(parent: Command, session: Session): void {
  parent
    .command('log')
    .description("a dataset's versions, newest first")
    .argument('[name]', "default: this working copy's dataset", nameArgument)
    .action(
      act<object, [string | undefined]>(session, async (context, _, name) => {
        const client = await context.client();
        const dataset = name ?? (await client.workingCopies.get(context.folder)).dataset;
        const versions = await client.versions.list(dataset);
        const text =
          versions.length === 0 ? `${dataset} has no version yet.` : versionTable(versions, context.paint);
        return { json: versions.map(logLine), text };
      }),
    );
}

function versionTable(versions: Version[], paint: Paint): string {
  return formatTable(
    versions,
    [
      { title: 'VERSION', of: ({ version }) => `v${version}` },
      { title: 'TAGS', of: ({ tags }) => tags.join(', ') },
      { title: 'AGE', align: 'right', of: ({ time }) => formatAge(time, Date.now()) },
      { title: 'AUTHOR', of: ({ author }) => printable(author) },
      { title: 'FILES', align: 'right', of: ({ files }) => formatNumber(files) },
      { title: 'SIZE', align: 'right', of: ({ bytes }) => formatBytes(bytes) },
      { title: 'CHANGE', of: formatChange },
      { title: 'DIGEST', of: ({ digest }) => digest.replace(':', '-').slice(0, 15) },
      { title: 'MESSAGE', of: ({ message }) => printable(message) },
    ],
    paint,
  );
}
