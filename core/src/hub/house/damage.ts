import type { HubContext } from '../context.ts';
import type { Outcome } from '../jobs/job.ts';
import { readSetting, writeSetting } from '../store/settings.ts';

/** Packs of a dataset that were found damaged: what a sync may not take for being in the lake. */
export async function knownDamage(hub: HubContext, datasetId: string): Promise<string[]> {
  return (await readSetting(hub.db, 'damagedPacks'))?.[datasetId] ?? [];
}

/** Remembers what a job found out about packs; the rest of its result is what everybody sees. */
export async function learnDamage(hub: HubContext, datasetId: string, outcome: Outcome): Promise<Outcome> {
  if (outcome.state !== 'done') return outcome;
  const { packs, ...result } = outcome.result as { packs: { damaged: string[]; whole: string[] } };
  await hub.db.transaction().execute(async (db) => {
    const all = (await readSetting(db, 'damagedPacks')) ?? {};
    const known = new Set(all[datasetId]);
    const before = known.size;
    for (const pack of packs.whole) known.delete(pack);
    for (const pack of packs.damaged) known.add(pack);
    if (before === 0 && known.size === 0) return;
    await writeSetting(db, 'damagedPacks', { ...all, [datasetId]: [...known] });
  });
  return { state: 'done', result };
}
