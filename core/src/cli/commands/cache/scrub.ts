import type { Command } from 'commander';
import type { CacheStats } from '../../../api/schemas.ts';
import { formatAge } from '../../../api/text/moment.ts';
import { formatBytes, formatDuration } from '../../../api/text/units.ts';
import { act } from '../../act.ts';
import { everyArgument, sizeArgument } from '../../arguments.ts';
import { Misuse } from '../../misuse.ts';
import type { Paint, Session } from '../../session.ts';
import { formatNumber } from '../../text/format.ts';
import { formatTable } from '../../text/table.ts';

interface Options {
  every?: number;
  rate?: number;
}

export function addCacheScrub(parent: Command, session: Session): void {
  parent
    .command('scrub')
    .description('show, or with options set, how often and how fast a cache is read again to find damage')
    .argument('[cache]')
    .option('--every <time>', 'read every byte within this time, such as 30d, or off', everyArgument)
    .option('--rate <size>', 'at most this much a second, such as 50MB', sizeArgument)
    .action(
      act<Options, [string | undefined]>(session, async (context, { every, rate }, cache) => {
        if (cache === undefined && (every !== undefined || rate !== undefined)) {
          throw new Misuse('Which cache?', 'Name it: forebay cache scrub NAME --every 30d');
        }
        const client = await context.client();
        const stats =
          cache === undefined
            ? await client.caches.stats()
            : [
                await client.caches.scrub(cache, {
                  ...(every === undefined ? {} : { everySeconds: every }),
                  ...(rate === undefined ? {} : { bytesPerSecond: rate }),
                }),
              ];
        const json = stats.map((each) => ({ cache: each.cache, ...each.scrub }));
        return { json, text: table(stats, context.paint) };
      }),
    );
}

function table(stats: CacheStats[], paint: Paint): string {
  return formatTable(
    stats,
    [
      { title: 'CACHE', of: ({ cache }) => cache },
      {
        title: 'EVERY',
        align: 'right',
        of: ({ scrub }) => (scrub.everySeconds === 0 ? 'off' : formatDuration(scrub.everySeconds)),
      },
      { title: 'RATE', align: 'right', of: ({ scrub }) => `${formatBytes(scrub.bytesPerSecond)}/s` },
      { title: 'READ', align: 'right', of: ({ scrub }) => formatBytes(scrub.bytes) },
      {
        title: 'OLDEST PROOF',
        align: 'right',
        of: ({ scrub }) => (scrub.oldest === null ? '' : formatAge(scrub.oldest, Date.now())),
      },
      { title: 'DAMAGED', align: 'right', of: ({ scrub }) => formatNumber(scrub.damagedNow) },
    ],
    paint,
  );
}
