import type { Command } from 'commander';
import { formatBytes } from '../../api/units.ts';
import { act } from '../act.ts';
import { durationArgument, sizeArgument } from '../arguments.ts';
import type { Session } from '../session.ts';

export function addAttach(parent: Command, session: Session): void {
  parent
    .command('attach')
    .description('use a folder as a cache')
    .argument('<name>')
    .argument('<path>', 'a folder next to the compute: a local disk, an NFS mount')
    .requiredOption('--capacity <size>', 'how much it may hold, such as 2TB', sizeArgument)
    .option('--ttl <time>', 'keep versions this long after their last use, such as 1d', durationArgument)
    .action(
      act<{ capacity: number; ttl?: number }, [string, string]>(
        session,
        async (context, options, name, path) => {
          const client = await context.client();
          const cache = await client.caches.attach({
            name,
            path: context.resolve(path),
            capacity: options.capacity,
            ...(options.ttl === undefined ? {} : { ttlSeconds: options.ttl }),
          });
          return {
            json: cache,
            text: `${cache.name} holds up to ${formatBytes(cache.capacity)} in ${cache.path}`,
          };
        },
      ),
    );
}
