import type { Command } from 'commander';
import type { HistoryEntry } from '../../../api/schemas.ts';
import { formatPart } from '../../../api/selection.ts';
import { formatAge } from '../../../api/text/moment.ts';
import { formatBytes, formatDuration } from '../../../api/text/units.ts';
import { act } from '../../act.ts';
import { countArgument } from '../../arguments.ts';
import type { Paint, Session } from '../../session.ts';
import { sayReason } from '../../text/reasons.ts';
import { formatTable } from '../../text/table.ts';

interface Options {
  on?: string;
  last: number;
}

export function addCacheHistory(parent: Command, session: Session): void {
  parent
    .command('history')
    .description('what was filled and cleared, when and why; newest first')
    .option('--on <cache>', 'only on this cache')
    .option('--last <count>', 'how many', countArgument, 50)
    .action(
      act<Options, []>(session, async (context, { on, last }) => {
        const client = await context.client();
        const entries: HistoryEntry[] = [];
        let cursor: string | undefined;
        do {
          const limit = Math.min(1000, last - entries.length);
          const page = await client.caches.history({ cursor, limit, ...(on ? { cache: on } : {}) });
          entries.push(...page.items);
          cursor = page.next ?? undefined;
        } while (cursor !== undefined && entries.length < last);
        const text =
          entries.length === 0 ? 'Nothing was cached or cleared yet.' : table(entries, context.paint);
        return { json: entries, text };
      }),
    );
}

function table(entries: HistoryEntry[], paint: Paint): string {
  return formatTable(
    entries,
    [
      { title: 'AGO', align: 'right', of: ({ time }) => formatAge(time, Date.now()) },
      { title: 'WHAT', of: (entry) => whatOf(entry, paint) },
      { title: 'VERSION', of: ({ dataset, version, selection }) => formatPart(dataset, version, selection) },
      { title: 'CACHE', of: ({ cache }) => cache },
      { title: 'MOVED', align: 'right', of: ({ moved }) => formatBytes(moved) },
      { title: 'TOOK', align: 'right', of: ({ seconds }) => (seconds === null ? '' : took(seconds)) },
      { title: 'WHY', of: (entry) => entry.problem ?? sayReason(entry) },
    ],
    paint,
  );
}

function whatOf({ kind, outcome }: HistoryEntry, paint: Paint): string {
  if (outcome === 'done') return kind === 'fill' ? 'filled' : 'cleared';
  const what = `${kind} ${outcome}`;
  return outcome === 'failed' ? paint('red', what) : what;
}

function took(seconds: number): string {
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : formatDuration(seconds);
}
