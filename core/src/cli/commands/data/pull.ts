import type { Command } from 'commander';
import type { CheckoutResult } from '../../../api/schemas.ts';
import { act } from '../../act.ts';
import { formatChange, printable } from '../../format.ts';
import { resultOfOwnJob } from '../../ownJob.ts';
import type { Session } from '../../session.ts';

export function addPull(parent: Command, session: Session): void {
  parent
    .command('pull')
    .description('bring newer versions into this working copy')
    .action(
      act<object, []>(session, async (context) => {
        const result = await resultOfOwnJob<CheckoutResult>(context, (client) =>
          client.workingCopies.pull(context.folder),
        );
        return { json: result, text: describe(result), exitCode: result.conflicts.length > 0 ? 1 : 0 };
      }),
    );
}

function describe(result: CheckoutResult): string {
  const text = `${result.folder} stands on ${result.dataset}@v${result.version}  ${formatChange(result)}`;
  if (result.conflicts.length === 0) return text;
  const paths = result.conflicts.map((path) => `  ${printable(path)}`);
  return [text, 'Changed on both sides; the folder keeps its own:', ...paths].join('\n');
}
