import type { Command } from 'commander';
import type { CacheStore } from '../../../../api/schemas.ts';
import { formatBytes, formatCount } from '../../../../api/text/units.ts';
import { act } from '../../../act.ts';
import { countArgument, durationArgument, everyArgument, sizeArgument } from '../../../arguments.ts';
import type { Session } from '../../../session.ts';

interface Options {
  capacity: number;
  ttl?: number;
  inodes?: number;
  scrub?: number;
  scrubRate?: number;
}

export function addAttach(parent: Command, session: Session): void {
  parent
    .command('attach')
    .description('use a folder as a cache')
    .argument('<name>')
    .argument('<path>', 'a folder next to the compute: a local disk, an NFS mount')
    .requiredOption('--capacity <size>', 'how much it may hold, such as 2TB', sizeArgument)
    .option('--ttl <time>', 'keep versions this long after their last use, such as 1d', durationArgument)
    .option('--inodes <count>', 'how many files, folders and links it may hold', countArgument)
    .option('--scrub <time>', 'read every byte again within this time (30d), or off', everyArgument)
    .option('--scrub-rate <size>', 'at most this much a second (50MB)', sizeArgument)
    .action(
      act<Options, [string, string]>(session, async (context, options, name, path) => {
        const client = await context.client();
        const cache = await client.caches.attach({
          name,
          path: context.resolve(path),
          capacity: options.capacity,
          ...(options.ttl === undefined ? {} : { ttlSeconds: options.ttl }),
          ...(options.inodes === undefined ? {} : { inodeCapacity: options.inodes }),
          scrub: {
            ...(options.scrub === undefined ? {} : { everySeconds: options.scrub }),
            ...(options.scrubRate === undefined ? {} : { bytesPerSecond: options.scrubRate }),
          },
        });
        return {
          json: cache,
          text: `${cache.name} holds up to ${formatBytes(cache.capacity)}${describeInodes(cache)} in ${cache.path}`,
        };
      }),
    );
}

function describeInodes({ inodeCapacity }: CacheStore): string {
  return inodeCapacity ? ` and ${formatCount(inodeCapacity, 'file')} and folders` : '';
}
