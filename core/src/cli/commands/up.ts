import path from 'node:path';
import type { Command } from 'commander';
import { act } from '../act.ts';
import { lakeRequest } from '../lakeEnvironment.ts';
import type { Session } from '../session.ts';
import { formatStatus } from '../statusText.ts';

export function addUp(parent: Command, session: Session): void {
  parent
    .command('up')
    .description('start the daemon on this machine, if it is not running')
    .option('--lake <url>', 'the lake of this home: a folder, or s3://bucket/prefix')
    .option('--stay', 'keep it running when nobody uses it')
    .action(
      act<{ lake?: string; stay?: boolean }, []>(session, async (context, options) => {
        const client = await context.clientOfAnyLake();
        if (options.stay) await client.app.stay();
        const chosen = options.lake ?? context.env.FOREBAY_LAKE;
        if (chosen) await client.app.openLake(lakeRequest(chosen, context.folder, context.env));
        const { lake, home } = await client.app.status();
        if (!lake) await client.app.openLake({ url: path.join(home, 'lake') });
        const status = await client.app.status();
        return { json: status, text: formatStatus(status, context.paint) };
      }),
    );
}
