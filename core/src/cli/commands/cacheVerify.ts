import type { Command } from 'commander';
import type { VerifyResult } from '../../api/schemas.ts';
import { act } from '../act.ts';
import { refArgument } from '../arguments.ts';
import { resultOfOwnJob } from '../ownJob.ts';
import { placementsOf } from '../placementsOf.ts';
import type { Session } from '../session.ts';
import { formatVerification, sumVerifications } from '../verification.ts';

export function addCacheVerify(parent: Command, session: Session): void {
  parent
    .command('verify')
    .description('read every byte of a cached version')
    .argument('<ref>', 'NAME[@VERSION]', refArgument)
    .option('--on <cache>', 'only on this cache')
    .action(
      act<{ on?: string }, [string]>(session, async (context, options, ref) => {
        const placements = await placementsOf(await context.client(), 'verify', ref, options.on);
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
