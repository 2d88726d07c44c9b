import type { Command } from 'commander';
import { formatPart, selectionOf } from '../../../api/selection.ts';
import { act } from '../../act.ts';
import { refArgument } from '../../arguments.ts';
import { addPartChoice, type SelectionOptions } from '../../selectionOptions.ts';
import type { Session } from '../../session.ts';
import { placementLine } from '../../shapes.ts';
import { placementsOf } from '../../version/placementsOf.ts';

export function addCachePin(parent: Command, session: Session): void {
  addPinning(
    parent,
    session,
    'pin',
    'keep a cached version, or a part of one: it neither ages out nor makes room',
    'stays on',
  );
}

export function addCacheUnpin(parent: Command, session: Session): void {
  addPinning(
    parent,
    session,
    'unpin',
    'let a cached version, or a part of one, age out and make room again',
    'is no longer pinned on',
  );
}

function addPinning(
  parent: Command,
  session: Session,
  verb: 'pin' | 'unpin',
  description: string,
  done: string,
): void {
  const command = parent
    .command(verb)
    .description(description)
    .argument('<ref>', 'NAME[@VERSION]', refArgument)
    .option('--on <cache>', 'only on this cache');
  addPartChoice(command).action(
    act<{ on?: string } & SelectionOptions, [string]>(session, async (context, options, ref) => {
      const client = await context.client();
      const found = await placementsOf(client, verb, ref, selectionOf(options), options.on);
      const placements = await Promise.all(found.map(({ id }) => client.placements[verb](id)));
      const lines = placements.map(
        (each) => `${formatPart(each.dataset, each.version, each.selection)} ${done} ${each.cache}.`,
      );
      return { json: placements.map(placementLine), text: lines.join('\n') };
    }),
  );
}
