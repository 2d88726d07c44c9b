import { formatPart } from '@forebay/core/api/selection';
import { formatBytes, formatCount } from '@forebay/core/api/text/units';
import { type Client, hasEnded } from '@forebay/core/client';
import { ProgressLocation, window } from 'vscode';
import type { JobsModel } from '../jobs/JobsModel.ts';
import { percentOf } from '../levels/level.ts';
import { confirm } from '../vscode/messages.ts';
import { crowdedCaches } from './crowded.ts';
import { forEachOf, type Outcome } from './outcome.ts';

/** What to fill: `NAME@v3`, and where and how much of it unless Forebay chooses. */
export interface Fill {
  ref: string;
  cache?: string;
  include?: string[];
  exclude?: string[];
}

/** Fills several versions side by side under one notification, whose Cancel button stops what is under way. */
export async function fillSeveral(
  client: Client,
  jobs: JobsModel,
  fills: readonly Fill[],
): Promise<Outcome<Fill>> {
  const cancelled = new AbortController();
  const title = `Caching ${formatCount(new Set(fills.map(({ ref }) => ref)).size, 'version')}`;
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      token.onCancellationRequested(() => cancelled.abort());
      const percents = fills.map(() => 0);
      let shown = 0;
      const report = (at: number, percent: number) => {
        percents[at] = percent;
        const whole = percents.reduce((sum, one) => sum + one, 0) / fills.length;
        const done = percents.filter((one) => one === 100).length;
        progress.report({ increment: Math.max(0, whole - shown), message: `${done} of ${fills.length}` });
        shown = Math.max(shown, whole);
      };
      return forEachOf(fills, async (fill) => {
        const at = fills.indexOf(fill);
        const placement = await client.placements.add(fill);
        if (placement.job !== null) {
          await client.jobs.complete(placement.job, {
            signal: cancelled.signal,
            onProgress: (job) => {
              jobs.put(job);
              if (!hasEnded(job)) report(at, percentOf(job.progress) ?? 0);
            },
          });
        }
        report(at, 100);
      });
    },
  );
}

/** Nothing is pushed out that a person wasn't told of. */
export async function agreesToPushOut(client: Client, fills: readonly Fill[]): Promise<boolean> {
  const plans = await Promise.all(fills.map((fill) => client.placements.plan(fill)));
  const goes = new Map(plans.flatMap(({ evict }) => evict).map((one) => [one.placement, one]));
  const crowded = crowdedCaches(plans);
  if (goes.size === 0 && crowded.length === 0) return true;
  const lines = [...goes.values()].map(
    (one) => `${formatPart(one.dataset, one.version, one.selection)}, ${formatBytes(one.bytes)}: ${one.why}`,
  );
  const more = crowded.map(
    ({ cache, wanted, room }) =>
      `${cache}: together they take ${formatBytes(wanted)}, and there is room for ${formatBytes(room)}. What is worth least there goes too.`,
  );
  return confirm(
    crowded.length > 0 ? 'Push out other versions?' : `Push out ${formatCount(goes.size, 'version')}?`,
    ['There is no room until this is gone. The lake still has it:', ...lines, ...more].join('\n'),
    'Push out and cache',
  );
}
