import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { addCacheAdd } from './cacheAdd.ts';
import { addCacheLs } from './cacheLs.ts';
import { addCacheRm } from './cacheRm.ts';
import { addCacheVerify } from './cacheVerify.ts';

export function addCacheCommands(parent: Command, session: Session): void {
  const cache = parent.command('cache').description('versions on caches');
  for (const add of [addCacheAdd, addCacheRm, addCacheLs, addCacheVerify]) add(cache, session);
}
