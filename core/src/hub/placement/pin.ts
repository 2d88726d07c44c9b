import { ForebayError, formatPart } from '../../api/index.ts';
import type { HubContext } from '../context.ts';
import { selectionOfRow } from './part.ts';

/** A version, or a part of one, that is pinned neither ages out nor makes room, until it is unpinned. Throws `not-cached`. */
export async function pinPlacement(hub: HubContext, id: string, pinned: boolean): Promise<void> {
  await hub.db.transaction().execute(async (db) => {
    const row = await db.selectFrom('placement').selectAll().where('id', '=', id).executeTakeFirst();
    if (!row || row.state === 'evicting') {
      throw new ForebayError(
        'not-cached',
        row
          ? `${formatPart(row.dataset_name, row.version, selectionOfRow(row))} is being cleared.`
          : `There is no placement '${id}'; it may have been cleared.`,
        'Cache it again, then pin it.',
      );
    }
    await db
      .updateTable('placement')
      // Its time begins anew: who unpins doesn't want it gone the next minute.
      .set({ pinned: pinned ? 1 : 0, ...(pinned ? {} : { last_used: hub.clock.now() }) })
      .where('id', '=', id)
      .execute();
  });
  hub.events.emit('placement', id);
}
