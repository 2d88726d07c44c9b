import type { Command } from 'commander';
import type { VerifyResult } from '../../../api/schemas.ts';
import { selectionOf } from '../../../api/selection.ts';
import { act } from '../../act.ts';
import { refArgument } from '../../arguments.ts';
import { resultOfOwnJob } from '../../ownJob.ts';
import { addPartChoice, type SelectionOptions } from '../../selectionOptions.ts';
import type { Session } from '../../session.ts';
import { formatVerification, sumVerifications } from '../../text/verification.ts';
import { placementsOf } from '../../version/placementsOf.ts';

export function addCacheVerify(parent: Command, session: Session): void {
  const command = parent
    .command('verify')
    .description('read every byte of a cached version, or of a cached part')
    .argument('<ref>', 'NAME[@VERSION]', refArgument)
    .option('--on <cache>', 'only on this cache');
  addPartChoice(command).action(
    act<{ on?: string } & SelectionOptions, [string]>(session, async (context, options, ref) => {
      const client = await context.client();
      const placements = await placementsOf(client, 'verify', ref, selectionOf(options), options.on);
      const results: VerifyResult[] = [];
      for (const { id } of placements) {
        results.push(await resultOfOwnJob<VerifyResult>(context, (client) => client.placements.verify(id)));
      }
      const text = results.map((result, i) =>
        formatVerification(`${ref} on ${placements[i]?.cache}`, result),
      );
      const all = sumVerifications(results);
      return { json: all, text: text.join('\n'), exitCode: all.ok ? 0 : 1 };
    }),
  );
}
