import type { Command } from 'commander';
import { formatRef, formatSelector, type Ref } from '../../../api/ref.ts';
import type { Dataset, FileEntry } from '../../../api/schemas.ts';
import { nothingSelected, selectionOf } from '../../../api/selection.ts';
import { formatAge } from '../../../api/text/moment.ts';
import { formatBytes } from '../../../api/text/units.ts';
import type { Client } from '../../../client/index.ts';
import { act } from '../../act.ts';
import { refWithPathArgument } from '../../arguments.ts';
import type { Context } from '../../context.ts';
import { Misuse } from '../../misuse.ts';
import { addSelection, globsOf, type SelectionOptions } from '../../selectionOptions.ts';
import type { Paint, Session } from '../../session.ts';
import { formatNumber, printable } from '../../text/format.ts';
import { formatTable } from '../../text/table.ts';

interface Options extends SelectionOptions {
  recursive?: boolean;
}

export function addLs(parent: Command, session: Session): void {
  const command = parent
    .command('ls')
    .description('datasets, or the files of a version')
    .argument('[ref]', 'NAME[@VERSION][:PATH]', refWithPathArgument)
    .option('-r, --recursive', 'files in sub-folders too');
  addSelection(command).action(
    act<Options, [Ref | undefined]>(session, async (context, options, ref) => {
      const client = await context.client();
      if (ref) return listFiles(context, client, ref, options);
      if (selectionOf(options)) throw new Misuse('--include and --exclude need the NAME of a dataset.');
      return listDatasets(context, client);
    }),
  );
}

async function listDatasets(context: Context, client: Client) {
  const datasets = await client.datasets.list();
  const text = datasets.length === 0 ? 'No datasets yet. Make one with: forebay data init NAME' : '';
  return { json: datasets, text: text || datasetTable(datasets, context.paint) };
}

async function listFiles(context: Context, client: Client, ref: Ref, options: Options) {
  const folder = ref.path.replace(/\/+$/, '');
  const files: FileEntry[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.versions.files(ref.name, formatSelector(ref.selector), {
      folder,
      recursive: options.recursive === true,
      cursor,
      ...globsOf(options),
    });
    files.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  const selection = selectionOf(options);
  if (selection && files.length === 0) {
    const { version } = await client.versions.get(ref.name, formatSelector(ref.selector));
    throw nothingSelected(ref.name, version, selection);
  }
  return { json: files, text: files.length === 0 ? 'No files.' : fileTable(files, context.paint) };
}

function datasetTable(datasets: Dataset[], paint: Paint): string {
  return formatTable(
    datasets,
    [
      { title: 'DATASET', of: ({ name }) => name },
      {
        title: 'NEWEST',
        of: ({ name, latest }) => (latest ? formatRef(name, latest.version) : 'no version yet'),
      },
      { title: 'FILES', align: 'right', of: ({ latest }) => (latest ? formatNumber(latest.files) : '') },
      { title: 'SIZE', align: 'right', of: ({ latest }) => (latest ? formatBytes(latest.bytes) : '') },
      {
        title: 'AGE',
        align: 'right',
        of: ({ latest, created }) => formatAge(latest?.time ?? created, Date.now()),
      },
      { title: 'AUTHOR', of: ({ latest }) => printable(latest?.author ?? '') },
      { title: 'MESSAGE', of: ({ latest }) => printable(latest?.message ?? '') },
    ],
    paint,
  );
}

function fileTable(files: FileEntry[], paint: Paint): string {
  return formatTable(
    files,
    [
      { title: 'SIZE', align: 'right', of: ({ kind, size }) => (kind === 'link' ? '' : formatBytes(size)) },
      {
        title: 'FILES',
        align: 'right',
        of: (entry) => (entry.files === undefined ? '' : formatNumber(entry.files)),
      },
      { title: 'PATH', of: pathOf },
    ],
    paint,
  );
}

function pathOf(entry: FileEntry): string {
  const path = printable(entry.path);
  if (entry.kind === 'folder') return `${path}/`;
  return entry.kind === 'link' ? `${path} -> ${printable(entry.target ?? '')}` : path;
}
