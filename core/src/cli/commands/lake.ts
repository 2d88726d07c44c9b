import type { Command } from 'commander';
import { ForebayError } from '../../api/errors.ts';
import { act } from '../act.ts';
import { lakeRequest } from '../lakeEnvironment.ts';
import type { Session } from '../session.ts';
import { formatChecks } from '../text/checkText.ts';

export function addLake(parent: Command, session: Session): void {
  const lake = parent.command('lake').description('where versions live for good');
  lake
    .command('test')
    .description('try what a lake needs at a place, and say in words what works; leaves nothing there')
    .argument('[url]', "a folder, or s3://bucket/prefix; this home's lake if left out")
    .action(
      act<object, [string?]>(session, async (context, _, url) => {
        const client = await context.clientOfAnyLake();
        const wanted = url ?? (await client.app.status()).lake?.url ?? context.env.FOREBAY_LAKE;
        if (wanted === undefined) {
          throw new ForebayError(
            'lake-missing',
            'This home has no lake yet.',
            'Name the place that is to be tried: forebay lake test URL.',
          );
        }
        const tested = await client.app.testLake(lakeRequest(wanted, context.folder, context.env));
        const verdict = tested.ok ? `${tested.url} can be used.` : `${tested.url} can't be used as it is.`;
        return {
          json: tested,
          text: `${formatChecks(tested.checks, context.paint)}\n\n${verdict}`,
          ...(tested.ok ? {} : { exitCode: 1 }),
        };
      }),
    );
}
