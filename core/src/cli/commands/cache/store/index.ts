import type { Command } from 'commander';
import { formatBytes, formatCount } from '../../../../api/text/units.ts';
import { act } from '../../../act.ts';
import type { Session } from '../../../session.ts';
import { cacheTable } from '../../../text/cacheTable.ts';
import { addAttach } from './attach.ts';
import { addSet } from './set.ts';
import { addTest } from './test.ts';

export function addCacheStoreCommands(parent: Command, session: Session): void {
  const store = parent.command('cache-store').description('folders that hold cached versions');
  addAttach(store, session);
  addTest(store, session);
  addSet(store, session);
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
        const client = await context.client();
        const ready = (await client.placements.list()).filter(
          ({ cache, state }) => cache === name && state === 'ready',
        );
        await client.caches.remove(name);
        const cleared = { versions: ready.length, bytes: ready.reduce((sum, { bytes }) => sum + bytes, 0) };
        return { json: { name, cleared }, text: `Detached ${name}; ${describeCleared(cleared)}.` };
      }),
    );
}

function describeCleared({ versions, bytes }: { versions: number; bytes: number }): string {
  if (versions === 0) return 'no version was on it';
  return `cleared ${formatCount(versions, 'version')} (${formatBytes(bytes)}), which the lake still holds`;
}
