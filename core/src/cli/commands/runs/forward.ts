import type { Command } from 'commander';
import type { Forwarding } from '../../../api/schemas.ts';
import { formatCount } from '../../../api/text/units.ts';
import { act } from '../../act.ts';
import type { Session } from '../../session.ts';
import { formatUntil, printable } from '../../text/format.ts';

export function addRunsForward(parent: Command, session: Session): void {
  parent
    .command('forward')
    .description("send new runs to your team's MLflow server as well; without an address: how that goes")
    .argument(
      '[url]',
      "the server's address, or off; credentials come from MLFLOW_TRACKING_TOKEN and the like",
    )
    .action(
      act<object, [string | undefined]>(session, async (context, _options, url) => {
        const { runs } = await context.client();
        const state =
          url === undefined
            ? await runs.forwarding()
            : url === 'off'
              ? await runs.stopForwarding()
              : await runs.forward(url);
        return { json: state, text: describe(state) };
      }),
    );
}

function describe({ target, waiting, running, sent, error, next, problems }: Forwarding): string {
  if (target === null)
    return 'Runs stay here. Send new ones to an MLflow server as well: forebay runs forward URL';
  const lines = [
    `Runs that began since ${target.since} go to ${target.url}`,
    `${formatCount(sent, 'run')} there, ${waiting} waiting, ${running} running`,
    ...(error === null ? [] : [`${printable(error)} Tried again in ${formatUntil(next)}.`]),
    ...problems.map(
      ({ name, id, problem }) => `${printable(name)} (${id.slice(0, 8)}): ${printable(problem)}`,
    ),
  ];
  return lines.join('\n');
}
