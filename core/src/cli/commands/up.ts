import type { Command } from 'commander';
import { act } from '../act.ts';
import { lakeRequest } from '../lakeEnvironment.ts';
import { describeRebuild, endForRebuild, whatWasFound } from '../rebuild.ts';
import type { Session } from '../session.ts';
import { formatStatus } from '../text/statusText.ts';

interface Options {
  lake?: string;
  stay?: boolean;
  rebuild?: boolean;
}

export function addUp(parent: Command, session: Session): void {
  parent
    .command('up')
    .description('start the daemon on this machine, if it is not running')
    .option('--lake <url>', 'the lake of this home: a folder, or s3://bucket/prefix')
    .option('--stay', 'keep it running when nobody uses it')
    .option('--rebuild', "make the daemon's database anew from the lake and the caches")
    .action(
      act<Options, []>(session, async (context, options) => {
        if (options.rebuild) await endForRebuild(context);
        const { client, started } = options.rebuild
          ? await context.rebuild(options.lake)
          : { client: await context.clientOfAnyLake(), started: false };
        if (options.stay) await client.app.stay();
        const chosen = options.lake ?? context.env.FOREBAY_LAKE;
        if (chosen) await client.app.openLake(lakeRequest(chosen, context.folder, context.env));
        const { lake } = await client.app.status();
        // Nobody chose it: a look at what is in it makes the default one.
        if (!lake) await client.datasets.page({ limit: 1 });
        const status = await client.app.status();
        if (options.rebuild) {
          const found = await whatWasFound(client, started);
          const text = `${describeRebuild(found)}\n\n${formatStatus(status, context.paint)}`;
          return { json: { ...status, ...found }, text };
        }
        return { json: status, text: formatStatus(status, context.paint) };
      }),
    );
}
