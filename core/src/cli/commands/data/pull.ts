import type { Command } from 'commander';
import { formatRef } from '../../../api/ref.ts';
import type { CheckoutResult } from '../../../api/schemas.ts';
import { act } from '../../act.ts';
import { resultOfOwnJob } from '../../ownJob.ts';
import type { Session } from '../../session.ts';
import { formatChange, printable } from '../../text/format.ts';

export function addPull(parent: Command, session: Session): void {
  parent
    .command('pull')
    .description('bring newer versions into this working copy')
    .action(
      act<object, []>(session, async (context) => {
        const before = await (await context.client()).workingCopies.get(context.folder);
        const result = await resultOfOwnJob<CheckoutResult>(context, (client) =>
          client.workingCopies.pull(context.folder),
        );
        return {
          json: result,
          text: describe(result, before.base),
          exitCode: result.conflicts.length > 0 ? 1 : 0,
        };
      }),
    );
}

function describe(result: CheckoutResult, before: number): string {
  if (result.version === 0) return `Nothing newer: ${result.dataset} has no version yet.`;
  if (result.version === before) {
    return `Nothing newer: ${result.folder} stands on ${result.dataset}@v${result.version}.`;
  }
  const text = `${result.folder} stands on ${result.dataset}@v${result.version}  ${formatChange(result)}`;
  if (result.conflicts.length === 0) return text;
  const paths = result.conflicts.map((path) => `  ${printable(path)}`);
  const ref = formatRef(result.dataset, result.version);
  const next = [
    `See theirs with 'forebay data clone ${ref} DIR', DIR outside this folder. Once each file is as you want it,`,
    "make the folder the next version with 'forebay data sync'.",
  ];
  return [text, 'Changed on both sides; the folder keeps its own:', ...paths, ...next].join('\n');
}
