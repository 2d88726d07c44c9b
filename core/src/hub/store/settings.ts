import type { Database } from './migrations.ts';
import type { LeaseRow } from './tables.ts';

/** What is remembered once a home; see the keys' types. */
export interface Settings {
  /** The lake of this home; `chosen`: somebody named it. Credentials are never stored. */
  lake: {
    id: string;
    url: string;
    endpoint?: string | undefined;
    region?: string | undefined;
    chosen?: boolean | undefined;
  };
  /** When this database was made, milliseconds; `rebuilt` where the hub was there before its database. */
  born: { time: number; rebuilt: boolean };
  /** The newest rebuild on request: when (milliseconds), and where the database before it was put. */
  rebuilt: { time: number; aside: string | null };
  /** Of the database before it: how the placements of these fills were used. */
  formerUse: Record<string, FormerUse>;
  /** Packs that a verification or a repair found damaged, by dataset's id. */
  damagedPacks: Record<string, string[]>;
}

/** What no cache remembers of a placement. */
export interface FormerUse {
  pinned: number;
  last_used: number;
  leases: Omit<LeaseRow, 'placement_id'>[];
}

export async function readSetting<K extends keyof Settings>(
  db: Database,
  key: K,
): Promise<Settings[K] | undefined> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst();
  return row && (JSON.parse(row.value) as Settings[K]);
}

export async function writeSetting<K extends keyof Settings>(db: Database, key: K, value: Settings[K]) {
  const text = JSON.stringify(value);
  await db
    .insertInto('setting')
    .values({ key, value: text })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: text }))
    .execute();
}
