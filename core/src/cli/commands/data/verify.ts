import type { Command } from 'commander';
import type { VerifyResult } from '../../../api/schemas.ts';
import { act } from '../../act.ts';
import { refArgument } from '../../arguments.ts';
import { resultOfOwnJob } from '../../ownJob.ts';
import type { Session } from '../../session.ts';
import { formatVerification } from '../../text/verification.ts';

export function addVerify(parent: Command, session: Session): void {
  parent
    .command('verify')
    .description('read every byte of a version in the lake')
    .argument('<ref>', 'NAME[@VERSION]', refArgument)
    .action(
      act<object, [string]>(session, async (context, _, ref) => {
        const result = await resultOfOwnJob<VerifyResult>(context, (client) => client.versions.verify(ref));
        const text = formatVerification(ref, result);
        if (result.ok) return { json: result, text };
        return { json: result, text: `${text}\nHeal it with 'forebay data repair ${ref}'.`, exitCode: 1 };
      }),
    );
}
