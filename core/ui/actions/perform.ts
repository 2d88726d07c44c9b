import type { Actor, Deed } from '../host.ts';
import { clearPlacements } from './clearPlacements.ts';
import { fillVersion } from './fillVersion.ts';
import { pinPlacement } from './pinPlacement.ts';
import { verifyPlacement } from './verifyPlacement.ts';

/** Does what a message of a page offered, wherever that page is meanwhile. */
export async function perform(actor: Actor, deed: Deed): Promise<void> {
  switch (deed.does) {
    case 'fill':
      return fillVersion(actor, deed.request, { agreed: deed.agreed, pin: deed.pin });
    case 'pin':
      return pinPlacement(actor, deed.placement, deed.pinned);
    case 'clear':
      return clearPlacements(actor, [deed.placement]);
    case 'verify':
      return verifyPlacement(actor, deed.placement);
    case 'copy':
      return actor.copy(deed.text);
    case 'act':
      return actor.act(deed.verb, deed.dataset, deed.version);
  }
}
