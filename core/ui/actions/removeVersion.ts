import { formatRef } from '../../src/api/ref.ts';
import { formatCount } from '../../src/api/text/units.ts';
import type { Actor } from '../host.ts';

/** Seconds in which what is about to be removed can still be kept. */
export const graceSeconds = 10;

/** Shows `text` for so many seconds, with a way to take it back; false where somebody did. */
export type Hold = (text: string, seconds: number) => Promise<boolean>;

/**
 * Removes a version for everybody. The lake can't bring it back, so the removal waits until its message has gone; a
 * window that closes meanwhile removes nothing.
 */
export async function removeVersion(
  actor: Actor,
  { dataset, version }: { dataset: string; version: number },
  hold: Hold,
): Promise<void> {
  const { client, notify, ask } = actor;
  const ref = formatRef(dataset, version);
  try {
    const { tags, files } = await client.versions.get(dataset, `v${version}`);
    const named =
      tags.length > 0 ? ` Its ${tags.length === 1 ? 'tag' : 'tags'} ${tags.join(', ')} goes too.` : '';
    const agreed = await ask({
      title: `Remove ${ref} for everybody?`,
      body: [
        `Its ${formatCount(files, 'file')} go from the lake and from every cache.${named}`,
        `You have ${graceSeconds} s to keep it; after that nobody can bring it back.`,
      ],
      agree: 'Remove',
    });
    if (!agreed) return;
    if (!(await hold(`Removing ${ref}`, graceSeconds))) {
      return notify({ kind: 'info', text: `${ref} stays.` });
    }
    await client.house.removeVersion(dataset, version);
    notify({
      kind: 'done',
      text: `${ref} was removed. Its space in the lake comes back with 'forebay data gc ${dataset}'.`,
    });
  } catch (error) {
    notify({ kind: 'failed', error });
  }
}
