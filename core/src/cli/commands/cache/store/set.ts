import type { Command } from 'commander';
import { formatBytes, formatDuration } from '../../../../api/text/units.ts';
import { act } from '../../../act.ts';
import { durationArgument, sizeArgument } from '../../../arguments.ts';
import { Misuse } from '../../../misuse.ts';
import type { Session } from '../../../session.ts';

interface Options {
  capacity?: number;
  ttl?: number;
}

export function addSet(parent: Command, session: Session): void {
  parent
    .command('set')
    .description('change how much a cache holds, and how long it keeps what nobody uses')
    .argument('<name>')
    .option('--capacity <size>', 'how much it may hold, such as 2TB', sizeArgument)
    .option('--ttl <time>', 'keep versions this long after their last use, such as 1d', durationArgument)
    .action(
      act<Options, [string]>(session, async (context, { capacity, ttl }, name) => {
        if (capacity === undefined && ttl === undefined) {
          throw new Misuse('Say what to change: --capacity SIZE, --ttl TIME.');
        }
        const cache = await (await context.client()).caches.change(name, {
          ...(capacity === undefined ? {} : { capacity }),
          ...(ttl === undefined ? {} : { ttlSeconds: ttl }),
        });
        return {
          json: cache,
          text: `${cache.name} holds up to ${formatBytes(cache.capacity)}, each version for ${formatDuration(cache.ttlSeconds)} after its last use`,
        };
      }),
    );
}
