import { openDatabase } from '../../store/open.ts';
import { type Database, migrations } from './migrations.ts';

/** Opens the hub's database. Throws `daemon-newer` and `damaged`. */
export function openStore(path: string): Promise<Database> {
  return openDatabase(
    path,
    migrations,
    "Make it anew from the lake and the caches with 'forebay up --rebuild'.",
  );
}
