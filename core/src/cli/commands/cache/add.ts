import type { Command } from 'commander';
import { ForebayError } from '../../../api/errors.ts';
import type { Job, Placement } from '../../../api/schemas.ts';
import { formatPart, type SelectionRequest } from '../../../api/selection.ts';
import { formatBytes, formatCount, formatDuration } from '../../../api/text/units.ts';
import type { Client } from '../../../client/index.ts';
import { act, type Outcome } from '../../act.ts';
import { refArgument } from '../../arguments.ts';
import { canAsk, confirm } from '../../confirm.ts';
import type { Context } from '../../context.ts';
import { completeOwnJob } from '../../ownJob.ts';
import { addSelection, globsOf, type SelectionOptions } from '../../selectionOptions.ts';
import type { Session } from '../../session.ts';
import { placementLine } from '../../shapes.ts';
import { formatEvictees, formatPlan } from '../../text/planText.ts';

interface Options extends SelectionOptions {
  on?: string;
  wait: boolean;
  dryRun?: boolean;
  yes?: boolean;
}

interface Wanted extends SelectionRequest {
  ref: string;
  cache?: string;
}

export function addCacheAdd(parent: Command, session: Session): void {
  const command = parent
    .command('add')
    .description('put a version, or a part of it, on a cache')
    .argument('<ref>', 'NAME[@VERSION]', refArgument)
    .option('--on <cache>', 'which cache')
    .option('--no-wait', "don't wait until it is ready")
    .option('--dry-run', 'only say what it takes and what it would push out')
    .option('-y, --yes', "don't ask before others are pushed out");
  addSelection(command).action(
    act<Options, [string]>(session, async (context, options, ref) => {
      const client = await context.client();
      const wanted = { ref, ...(options.on ? { cache: options.on } : {}), ...globsOf(options) };
      if (options.dryRun) return dryRun(context, client, wanted);
      await showWhatGoes(context, client, wanted, options.yes === true);
      const begun = Date.now();
      let placement: Placement | undefined;
      const job = await completeOwnJob(context, client, async () => {
        placement = await client.placements.add(wanted);
        return options.wait ? placement.job : null;
      });
      if (job) placement = await client.placements.get((placement as Placement).id);
      const took = job ? ` after ${formatDuration((Date.now() - begun) / 1000)}${describeResumed(job)}` : '';
      return { json: placementLine(placement as Placement), text: describe(placement as Placement, took) };
    }),
  );
}

async function dryRun(context: Context, client: Client, wanted: Wanted): Promise<Outcome> {
  const plan = await client.placements.plan(wanted);
  return { json: plan, text: formatPlan(plan, context.paint), exitCode: plan.problem ? 1 : 0 };
}

/** Who asks sees first what would go; a script is told, and not asked. */
async function showWhatGoes(context: Context, client: Client, wanted: Wanted, yes: boolean): Promise<void> {
  if (context.json) return;
  const { cache, evict, ...plan } = await client.placements.plan(wanted);
  if (evict.length === 0) return;
  const name = formatPart(plan.dataset, plan.version, plan.selection);
  context.say(`To make room for ${name}, ${cache} clears:\n${formatEvictees(evict, context.paint)}`);
  if (yes || !canAsk(context.session)) return;
  if (await confirm(context.session, 'The lake still holds them. Go on?')) return;
  throw new ForebayError('cancelled', 'Nothing was changed.');
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
