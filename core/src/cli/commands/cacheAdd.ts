import type { Command } from 'commander';
import type { Job, Placement } from '../../api/schemas.ts';
import { formatPart } from '../../api/selection.ts';
import { formatBytes, formatCount, formatDuration } from '../../api/units.ts';
import { act } from '../act.ts';
import { refArgument } from '../arguments.ts';
import { completeOwnJob } from '../ownJob.ts';
import { addSelection, globsOf, type SelectionOptions } from '../selectionOptions.ts';
import type { Session } from '../session.ts';
import { placementLine } from '../shapes.ts';

interface Options extends SelectionOptions {
  on?: string;
  wait: boolean;
}

export function addCacheAdd(parent: Command, session: Session): void {
  const command = parent
    .command('add')
    .description('put a version, or a part of it, on a cache')
    .argument('<ref>', 'NAME[@VERSION]', refArgument)
    .option('--on <cache>', 'which cache')
    .option('--no-wait', "don't wait until it is ready");
  addSelection(command).action(
    act<Options, [string]>(session, async (context, options, ref) => {
      const client = await context.client();
      const begun = Date.now();
      let placement: Placement | undefined;
      const job = await completeOwnJob(context, client, async () => {
        placement = await client.placements.add({
          ref,
          ...(options.on ? { cache: options.on } : {}),
          ...globsOf(options),
        });
        return options.wait ? placement.job : null;
      });
      if (job) placement = await client.placements.get((placement as Placement).id);
      const took = job ? ` after ${formatDuration((Date.now() - begun) / 1000)}${describeResumed(job)}` : '';
      return { json: placementLine(placement as Placement), text: describe(placement as Placement, took) };
    }),
  );
}

function describe(placement: Placement, took: string): string {
  const name = formatPart(placement.dataset, placement.version, placement.selection);
  if (placement.state !== 'ready') return `${name} is ${placement.state} on ${placement.cache}.`;
  const size = `${formatCount(placement.files, 'file')}, ${formatBytes(placement.bytes)}`;
  return `${name} is ready on ${placement.cache}${took}: ${size}\n${placement.path}`;
}

function describeResumed({ result }: Job): string {
  const bytes = (result as { resumedBytes?: number } | null)?.resumedBytes ?? 0;
  return bytes > 0 ? ` (${formatBytes(bytes)} taken over from the interrupted fill)` : '';
}
