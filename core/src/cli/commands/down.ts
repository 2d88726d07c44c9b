import type { Command } from 'commander';
import { Client } from '../../client/index.ts';
import { findDaemon, unixTransport, waitUntilGone } from '../../daemon/launch/index.ts';
import { act } from '../act.ts';
import type { Session } from '../session.ts';

export function addDown(parent: Command, session: Session): void {
  parent
    .command('down')
    .description('stop the daemon; leases until unmount hold all the same')
    .action(
      act<object, []>(session, async (context) => {
        const daemon = await findDaemon({ env: context.env });
        if (!daemon) return { json: { stopped: false, pid: null }, text: 'The daemon is not running.' };
        const { pid } = daemon.hello;
        await new Client(unixTransport(daemon.socketPath)).app.shutdown();
        await waitUntilGone(daemon);
        return { json: { stopped: true, pid }, text: `Stopped the daemon (process ${pid}).` };
      }),
    );
}
