import type { Command } from 'commander';
import { lineageSubject } from '../../../client/find/lineageSubject.ts';
import { act } from '../../act.ts';
import { lineageText } from '../../lineage/text.ts';
import { argument, Misuse } from '../../misuse.ts';
import type { Session } from '../../session.ts';
import { addLineageEmit } from './emit.ts';

interface Options {
  up: number;
  down: number;
  most: number;
}

const within = (least: number, most: number) =>
  argument((text) => {
    const number = Number(text);
    if (/^\d{1,4}$/.test(text) && number >= least && number <= most) return number;
    throw new Misuse(`'${text}' is not a number from ${least} to ${most}.`);
  });

export function addLineage(parent: Command, session: Session): void {
  const lineage = parent
    .command('lineage')
    .description('what a version or a run was made from, and what came of it')
    .argument('<what>', 'NAME[@SEL], or a run by its id or name')
    .option('--up <steps>', 'how far towards what it was made from', within(0, 20), 3)
    .option('--down <steps>', 'how far towards what came of it', within(0, 20), 3)
    .option('--most <count>', 'how many neighbours of one are shown', within(1, 500), 25)
    .action(
      act<Options, [string]>(session, async (context, { up, down, most }, what) => {
        const client = await context.client();
        const found = await client.lineage.get(await lineageSubject(client, what), { up, down, most });
        return { json: found, text: lineageText(found, context.paint) };
      }),
    );
  addLineageEmit(lineage, session);
}
