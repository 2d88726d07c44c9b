import type { Command } from 'commander';
import { act } from '../act.ts';
import type { Session } from '../session.ts';
import { formatStatus } from '../text/statusText.ts';

export function addStatus(parent: Command, session: Session): void {
  parent
    .command('status')
    .description('the daemon, its lake, caches and jobs')
    .action(
      act<object, []>(session, async (context) => {
        const status = await (await context.client()).app.status();
        return { json: status, text: formatStatus(status, context.paint) };
      }),
    );
}
