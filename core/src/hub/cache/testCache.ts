import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { type CacheTest, ForebayError, formatCount } from '../../api/index.ts';
import { claimedBy, requireClaim } from '../../cache/claim.ts';
import { layout, placeIn } from '../../cache/layout.ts';
import { unfit } from '../../cache/unfit.ts';
import { Checks, type Finding } from '../checks.ts';
import type { HubContext } from '../context.ts';
import { nearestFolder } from '../nearestFolder.ts';
import { cacheNamed } from './caches.ts';
import { tryFolder } from './tryFolder.ts';

/** Whether a folder can be a cache, in plain words; leaves nothing there. Throws `bad-path`. */
export async function testCache(hub: HubContext, given: string): Promise<CacheTest> {
  if (!isAbsolute(given)) {
    throw new ForebayError(
      'bad-path',
      `'${given}' is not an absolute path.`,
      'Write the whole path, beginning with /.',
    );
  }
  const written = resolve(given);
  // As it is attached: through a link it would be taken for another.
  const path = await realpath(written).catch(() => written);
  const row = await hub.db.selectFrom('cache').select('name').where('path', '=', path).executeTakeFirst();
  const checks = new Checks();
  const usable = await checks.try('Folder', () => describeNew(hub, path, row?.name), { timed: false });
  return tryFolder(path, checks, usable, row?.name ?? null);
}

/** Whether an attached cache works, in plain words; leaves nothing there. Throws `cache-unknown`. */
export async function testAttached(hub: HubContext, name: string): Promise<CacheTest> {
  const { path } = await cacheNamed(hub, name);
  const checks = new Checks();
  const describe = async () => {
    await requireClaim(path, hub.hubId);
    return `It is there and yours, with ${formatCount(await countPlaces(path), 'version')} on it.`;
  };
  const usable = await checks.try('Folder', describe, { timed: false });
  return tryFolder(path, checks, usable, name);
}

async function describeNew(
  { hubId }: HubContext,
  path: string,
  attached: string | undefined,
): Promise<Finding> {
  if (attached !== undefined) {
    throw new ForebayError(
      'cache-exists',
      `This folder is the cache '${attached}' already.`,
      'Choose another folder, or change that cache.',
    );
  }
  if (!(await stat(path).catch(() => undefined))) {
    const base = await nearestFolder(path);
    return { note: `There is no folder ${path} yet. It is made in ${base} when you attach it.` };
  }
  if ((await claimedBy(path, hubId)) === 'us') {
    return `It was a cache of yours before; ${formatCount(await countPlaces(path), 'version')} on it will be known again.`;
  }
  const others = (await readdir(path).catch((error) => Promise.reject(unfit(path, error)))).length;
  if (others === 0) return 'It is there, and empty.';
  return {
    note: `It is there, and holds ${others === 1 ? 'another file or folder' : `${others.toLocaleString('en-US')} other files and folders`}.`,
    hint: 'They stay as they are, but an empty folder is tidier.',
  };
}

/** Versions and parts of them, by their records. */
async function countPlaces(path: string): Promise<number> {
  const datasets = await readdir(layout.datasets(path)).catch(() => []);
  const names = await Promise.all(
    datasets.map((name) => readdir(join(layout.datasets(path), name)).catch(() => [])),
  );
  return names.flat().filter((name) => name.endsWith('.json') && placeIn(name)).length;
}
