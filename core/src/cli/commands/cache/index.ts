import type { Command } from 'commander';
import type { Session } from '../../session.ts';
import { addCacheAdd } from './add.ts';
import { addCacheHistory } from './history.ts';
import { addCacheLs } from './ls.ts';
import { addCachePin, addCacheUnpin } from './pin.ts';
import { addCacheRm } from './rm.ts';
import { addCacheScrub } from './scrub.ts';
import { addCacheStats } from './stats.ts';
import { addCacheVerify } from './verify.ts';

export function addCacheCommands(parent: Command, session: Session): void {
  const cache = parent.command('cache').description('versions on caches');
  const all = [
    addCacheAdd,
    addCacheRm,
    addCacheLs,
    addCachePin,
    addCacheUnpin,
    addCacheVerify,
    addCacheStats,
    addCacheHistory,
    addCacheScrub,
  ];
  for (const add of all) add(cache, session);
}
