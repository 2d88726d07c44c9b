import type { Command } from 'commander';
import { act } from '../../act.ts';
import type { Session } from '../../session.ts';
import { formatStats } from '../../text/statsText.ts';

export function addCacheStats(parent: Command, session: Session): void {
  parent
    .command('stats')
    .description('room, hits and fills of the caches; what goes next, when and why')
    .action(
      act<object, []>(session, async (context) => {
        const stats = await (await context.client()).caches.stats();
        const empty = 'There is no cache yet: the first forebay cache add or mount makes one.';
        const text = stats.map((cache) => formatStats(cache, context.paint)).join('\n\n');
        return { json: stats, text: stats.length > 0 ? text : empty };
      }),
    );
}
