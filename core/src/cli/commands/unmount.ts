import type { Command } from 'commander';
import { formatPart, selectionOf } from '../../api/selection.ts';
import { act } from '../act.ts';
import { addPartChoice, type SelectionOptions } from '../selectionOptions.ts';
import type { Session } from '../session.ts';
import { findMounts } from '../version/findMounts.ts';

export function addUnmount(parent: Command, session: Session): void {
  const command = parent
    .command('unmount')
    .description('stop keeping a mounted version, or part of one; it ages out later')
    .argument('<ref-or-path>', 'NAME[@VERSION], or the path that mount printed');
  addPartChoice(command).action(
    act<SelectionOptions, [string]>(session, async (context, options, text) => {
      const client = await context.client();
      const leases = await findMounts(context, client, text, selectionOf(options));
      for (const { id } of leases) await client.leases.remove(id);
      const done = leases.map(({ dataset, version, selection, cache, id }) => ({
        dataset,
        version,
        cache,
        leaseId: id,
        ...(selection ? { selection } : {}),
      }));
      const lines = new Set(
        leases.map((each) => `Unmounted ${formatPart(each.dataset, each.version, each.selection)}.`),
      );
      return { json: done, text: [...lines].join('\n') };
    }),
  );
}
