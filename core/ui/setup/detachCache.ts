import { isForebayError } from '../../src/api/errors.ts';
import type { CacheStore, Lease, Placement } from '../../src/api/schemas.ts';
import { formatPart } from '../../src/api/selection.ts';
import { formatBytes, formatCount } from '../../src/api/text/units.ts';
import { keepPinned } from '../actions/pinPlacement.ts';
import type { Actor, Question } from '../host.ts';
import { holderSentence } from '../lease/holders.ts';

interface Detachable {
  cache: CacheStore;
  placements: readonly Placement[];
  leases: readonly Lease[];
}

/** True where a person agrees to what is cleared; where the cache is in use they are told by whom. */
export const agreesToDetach = ({ ask }: Actor, what: Detachable): Promise<boolean> =>
  ask(detachQuestion(what, Date.now()));

/** Clears a cache and takes it away, with what is pinned. Aborting `signal` stops the clearing; what stays then stays pinned. */
export async function detachCache(actor: Actor, what: Detachable, signal: AbortSignal): Promise<void> {
  const { client, notify } = actor;
  const { cache, placements } = what;
  const stop = async () => {
    const { jobs } = await client.app.status();
    const clearing = jobs.filter((job) => job.kind === 'evict' && job.cache === cache.name);
    await Promise.all(clearing.map(({ id }) => client.jobs.cancel(id)));
  };
  signal.addEventListener('abort', () => void stop().catch(() => undefined));
  const unpinned: string[] = [];
  try {
    for (const { id, pinned } of placements) {
      if (!pinned) continue;
      await client.placements.unpin(id);
      unpinned.push(id);
    }
    await client.caches.remove(cache.name);
    notify({ kind: 'done', text: `${cache.name} is detached. What was on it is in the lake.` });
  } catch (error) {
    for (const id of unpinned) await keepPinned(actor, id);
    if (signal.aborted && isForebayError(error, 'in-use', 'cancelled')) {
      notify({ kind: 'info', text: `${cache.name} stays attached, with what was not cleared yet.` });
    } else notify({ kind: 'failed', error });
  }
}

/** What detaching takes away, or why it can't be. `now` in milliseconds. */
export function detachQuestion({ cache, placements, leases }: Detachable, now: number): Question {
  const title = `Detach ${cache.name}?`;
  if (leases.length > 0) {
    return {
      title: `${cache.name} is in use`,
      body: [
        'It can be detached once nobody uses what is on it:',
        ...leases.map(
          (lease) =>
            `${formatPart(lease.dataset, lease.version, lease.selection)}: ${holderSentence(lease, now)}`,
        ),
      ],
    };
  }
  if (placements.length === 0) return { title, body: ['Nothing is on it.'], agree: 'Detach' };
  const bytes = formatBytes(placements.reduce((sum, each) => sum + each.bytes, 0));
  const pinned = placements.filter((each) => each.pinned);
  return {
    title,
    body: [
      `${formatCount(placements.length, 'version')}, ${bytes}, ${placements.length === 1 ? 'is' : 'are'} cleared from ${cache.path}. The lake still has all of it.`,
      ...(pinned.length === 0
        ? []
        : [
            `Pinned, and cleared too: ${pinned.map((each) => formatPart(each.dataset, each.version, each.selection)).join(', ')}.`,
          ]),
    ],
    agree: 'Clear and detach',
  };
}
