import type { Command } from 'commander';
import { formatRef } from '../../api/ref.ts';
import { formatBytes } from '../../api/units.ts';
import { act } from '../act.ts';
import { refArgument } from '../arguments.ts';
import { completeOwnJob } from '../ownJob.ts';
import { placementsOf } from '../placementsOf.ts';
import type { Session } from '../session.ts';

export function addCacheRm(parent: Command, session: Session): void {
  parent
    .command('rm')
    .description('clear a version from its caches, or from one')
    .argument('<ref>', 'NAME[@VERSION]', refArgument)
    .option('--on <cache>', 'only from this cache')
    .action(
      act<{ on?: string }, [string]>(session, async (context, options, ref) => {
        const client = await context.client();
        const placements = await placementsOf(client, 'rm', ref, options.on);
        for (const { id } of placements) {
          await completeOwnJob(context, client, async () => (await client.placements.remove(id)).id);
        }
        const cleared = placements.map(({ dataset, version, cache, files, bytes }) => {
          return { dataset, version, cache, files, bytes };
        });
        const lines = cleared.map((each) => {
          return `Cleared ${formatRef(each.dataset, each.version)} from ${each.cache} (${formatBytes(each.bytes)}).`;
        });
        return { json: cleared, text: lines.join('\n') };
      }),
    );
}
