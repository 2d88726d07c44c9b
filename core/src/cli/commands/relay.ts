import { once } from 'node:events';
import type { Command } from 'commander';
import { insist } from '../../runner/insist.ts';
import { Relay } from '../../runner/relay/relay.ts';
import { act } from '../act.ts';
import type { Session } from '../session.ts';

/** Milliseconds between two tries to send what was kept. */
const sendEvery = 200;

/**
 * For a block of a program (`with forebay.run()`), what `forebay run` does for a command: stands between MLflow's client and
 * the daemon. Prints where, and once something is written to its standard input, or nobody holds that open any more, what of
 * the block's calls came to nothing.
 */
export function addRelay(parent: Command, session: Session): void {
  parent
    .command('relay', { hidden: true })
    .argument('<run>')
    .action(
      act<object, [string]>(session, async (context, _, runId) => {
        const client = await context.client();
        const revive = () => context.revive();
        const relay = await Relay.open({ runId, hub: () => client.app.tracking(), revive });
        session.stdout.write(`${JSON.stringify(relay.address)}\n`);
        const sending = setInterval(() => void relay.flush().catch(() => undefined), sendEvery);
        try {
          await Promise.race([once(session.stdin, 'data'), once(session.stdin, 'end')]);
          clearInterval(sending);
          const complete = await insist(() => relay.flush(), revive);
          return { json: { complete, refusals: relay.refusals } };
        } finally {
          clearInterval(sending);
          session.stdin.destroy();
          relay.close();
        }
      }),
    );
}
