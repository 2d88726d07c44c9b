import path from 'node:path';
import type { Command } from 'commander';
import type { Lease, LeaseHolder } from '../../api/schemas.ts';
import { formatPart } from '../../api/selection.ts';
import { act } from '../act.ts';
import { pidArgument, refArgument } from '../arguments.ts';
import { Misuse } from '../misuse.ts';
import { addSelection, globsOf, type SelectionOptions } from '../selectionOptions.ts';
import type { Session } from '../session.ts';
import { mountLine } from '../shapes.ts';
import { mountVersion } from '../version/mountVersion.ts';
import { runOnVersion } from '../version/runOnVersion.ts';

interface Options extends SelectionOptions {
  on?: string;
  for?: number;
}

export function addMount(parent: Command, session: Session): void {
  const command = parent
    .command('mount')
    .description('cache a version or a part of it if need be, keep it there, and print its path')
    .argument('<ref>', 'NAME[@VERSION]', refArgument)
    .argument('[command...]', 'after --: runs with FOREBAY_PATH set; the version is kept while it runs')
    .option('--on <cache>', 'which cache')
    .option('--for <pid>', 'as long as this process lives, instead of until unmount', pidArgument)
    .usage('[options] <ref> [-- command...]');
  addSelection(command).action(
    act<Options, [string, string[]]>(session, async (context, options, ref, command) => {
      if (command.length > 0 && (options.for !== undefined || context.json)) {
        throw new Misuse("--for and --json don't go with a command to run.");
      }
      const place = { ref, ...(options.on ? { cache: options.on } : {}), ...globsOf(options) };
      if (command.length > 0) return runOnVersion(context, place, command);
      const { lease, path: where } = await mountVersion(context, { ...place, holder: holderOf(options) });
      if (context.session.stdout.isTTY) context.say(describe(lease, options.for));
      return { json: mountLine(lease, where), text: path.resolve(where) };
    }),
  );
}

function holderOf(options: Options): LeaseHolder {
  return options.for === undefined ? { kind: 'manual' } : { kind: 'process', pid: options.for };
}

function describe(lease: Lease, pid: number | undefined): string {
  const until = pid === undefined ? 'until unmount' : `while process ${pid} lives`;
  return `${formatPart(lease.dataset, lease.version, lease.selection)} stays on ${lease.cache} ${until}.`;
}
