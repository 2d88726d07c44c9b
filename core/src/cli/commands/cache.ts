import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { addCacheAdd } from './cacheAdd.ts';
import { addCacheHistory } from './cacheHistory.ts';
import { addCacheLs } from './cacheLs.ts';
import { addCachePin, addCacheUnpin } from './cachePin.ts';
import { addCacheRm } from './cacheRm.ts';
import { addCacheScrub } from './cacheScrub.ts';
import { addCacheStats } from './cacheStats.ts';
import { addCacheVerify } from './cacheVerify.ts';

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
