import { mkdir } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { isNetworkFileSystem } from '../lake/fileSystem.ts';
import { homeHash } from './launch/runtimeFolder.ts';

/** Where a daemon keeps what is durable. */
export interface StateFolders {
  /** The database and the default cache: on a disk of this host, since SQLite's WAL fails on network file systems. */
  local: string;
  /** `hub.json`: two hosts that share a home are two hubs, each with caches of its own. */
  identity: string;
}

/** The home itself; where that is on a network file system, folders of this host. Made if need be. */
export async function stateFolders(home: string): Promise<StateFolders> {
  const shared = await isNetworkFileSystem(home);
  const user = process.getuid?.() ?? userInfo().username;
  const folders = shared
    ? {
        local: join('/var/tmp', `forebay-${user}`, homeHash(home)),
        identity: join(home, 'hosts', hostname()),
      }
    : { local: home, identity: home };
  for (const folder of [home, folders.local, folders.identity])
    await mkdir(folder, { recursive: true, mode: 0o700 });
  return folders;
}
