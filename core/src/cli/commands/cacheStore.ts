import type { Command } from 'commander';
import { act } from '../act.ts';
import { cacheTable } from '../cacheTable.ts';
import type { Session } from '../session.ts';
import { addAttach } from './cacheStoreAttach.ts';

export function addCacheStoreCommands(parent: Command, session: Session): void {
  const store = parent.command('cache-store').description('folders that hold cached versions');
  addAttach(store, session);
  store
    .command('ls')
    .description('caches, their space and how long they keep what nobody uses')
    .action(
      act<object, []>(session, async (context) => {
        const caches = await (await context.client()).caches.list();
        return { json: caches, text: cacheTable(caches, context.paint) };
      }),
    );
  store
    .command('rm')
    .description('detach a cache, clearing what is on it')
    .argument('<name>')
    .action(
      act<object, [string]>(session, async (context, _, name) => {
        await (await context.client()).caches.remove(name);
        return { json: { name }, text: `Detached ${name}.` };
      }),
    );
}
