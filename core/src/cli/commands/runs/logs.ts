import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import { findRun } from '../../../client/find/run.ts';
import { act } from '../../act.ts';
import type { Session } from '../../session.ts';

/** Milliseconds between two looks at a run that still prints. */
const lookEvery = 300;

export function addRunsLogs(parent: Command, session: Session): void {
  parent
    .command('logs')
    .description('what a run printed')
    .argument('<run>', 'its id, the beginning of it, or its name')
    .option('-f, --follow', 'go on until it ends')
    .action(
      act<{ follow?: boolean }, [string]>(session, async (context, { follow }, which) => {
        const client = await context.client();
        const { id } = await findRun(client, which);
        const texts: string[] = [];
        const show = (text: string) => (context.json ? texts.push(text) : context.session.stdout.write(text));
        for (let from = 0; ; ) {
          // Asked before the output: what it printed last is there when it has ended.
          const { state } = await client.runs.get(id);
          const output = await client.runs.output(id, from);
          if (output.text !== '') show(output.text);
          const more = output.next > from;
          from = output.next;
          if (more) continue;
          if (!follow || state !== 'running') break;
          await delay(lookEvery);
        }
        return { json: { id, output: texts.join('') } };
      }),
    );
}
