import type { Command } from 'commander';
import { formatRef } from '../../api/ref.ts';
import { act } from '../act.ts';
import { findMounts } from '../findMounts.ts';
import type { Session } from '../session.ts';

export function addUnmount(parent: Command, session: Session): void {
  parent
    .command('unmount')
    .description('stop keeping a mounted version; it ages out later')
    .argument('<ref-or-path>', 'NAME[@VERSION], or the path that mount printed')
    .action(
      act<object, [string]>(session, async (context, _, text) => {
        const client = await context.client();
        const leases = await findMounts(context, client, text);
        for (const { id } of leases) await client.leases.remove(id);
        const done = leases.map(({ dataset, version, cache, id }) => ({
          dataset,
          version,
          cache,
          leaseId: id,
        }));
        const lines = new Set(done.map((each) => `Unmounted ${formatRef(each.dataset, each.version)}.`));
        return { json: done, text: [...lines].join('\n') };
      }),
    );
}
