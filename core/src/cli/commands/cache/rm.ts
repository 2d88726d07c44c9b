import type { Command } from 'commander';
import { formatPart, selectionOf } from '../../../api/selection.ts';
import { formatBytes } from '../../../api/text/units.ts';
import { act } from '../../act.ts';
import { refArgument } from '../../arguments.ts';
import { completeOwnJob } from '../../ownJob.ts';
import { addPartChoice, type SelectionOptions } from '../../selectionOptions.ts';
import type { Session } from '../../session.ts';
import { placementsOf } from '../../version/placementsOf.ts';

export function addCacheRm(parent: Command, session: Session): void {
  const command = parent
    .command('rm')
    .description('clear a version, or a part of it, from its caches, or from one')
    .argument('<ref>', 'NAME[@VERSION]', refArgument)
    .option('--on <cache>', 'only from this cache');
  addPartChoice(command).action(
    act<{ on?: string } & SelectionOptions, [string]>(session, async (context, options, ref) => {
      const client = await context.client();
      const placements = await placementsOf(client, 'rm', ref, selectionOf(options), options.on);
      for (const { id } of placements) {
        await completeOwnJob(context, client, async () => (await client.placements.remove(id)).id);
      }
      const cleared = placements.map(({ dataset, version, selection, cache, files, bytes }) => {
        return { dataset, version, ...(selection ? { selection } : {}), cache, files, bytes };
      });
      const lines = placements.map(({ dataset, version, selection, cache, bytes }) => {
        return `Cleared ${formatPart(dataset, version, selection)} from ${cache} (${formatBytes(bytes)}).`;
      });
      return { json: cleared, text: lines.join('\n') };
    }),
  );
}
