import { link, mkdir, open, readFile, stat, unlink } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { ForebayError } from '../api/errors.ts';
import { randomName } from '../dataset/names.ts';
import { errnoOf, unlessAbsent } from './errno.ts';
import { layout } from './layout.ts';
import { probePosix } from './probe.ts';
import { unfit } from './unfit.ts';

/** Which hub owns a cache directory; written once, never changed. */
export const Claim = z.looseObject({
  format: z.literal(1),
  hub: z.string(),
  /** For people: who claimed it, where and when. */
  by: z.string(),
  claimed: z.string(),
});
export type Claim = z.infer<typeof Claim>;

/** Makes `path` this hub's cache, once for all. Throws `cache-foreign` or `cache-unfit`. */
export async function claimDirectory(path: string, hubId: string): Promise<void> {
  await requireDirectory(path);
  const existing = await readClaim(path);
  if (existing) return requireOwner(path, existing, hubId);
  try {
    for (const folder of [layout.datasets(path), layout.staging(path), layout.trash(path)]) {
      await mkdir(folder, { recursive: true });
    }
    await probePosix(layout.internal(path));
    await putIfAbsent(path, {
      format: 1,
      hub: hubId,
      by: `${userInfo().username}@${hostname()}`,
      claimed: new Date().toISOString(),
    });
  } catch (error) {
    throw unfit(path, error);
  }
  requireOwner(path, (await readClaim(path)) as Claim, hubId);
}

/** An unmounted cache looks like an empty folder: what was claimed once must still say so. */
export async function requireClaim(path: string, hubId: string): Promise<void> {
  await requireDirectory(path);
  const claim = await readClaim(path);
  if (claim) return requireOwner(path, claim, hubId);
  throw new ForebayError(
    'cache-unfit',
    `The cache folder ${path} has lost its contents: forebay-cache.json is missing.`,
    'Check that its file system is mounted. If the folder was emptied on purpose, remove the cache and attach it again.',
  );
}

/** Whose cache this folder is; null: nobody's. Throws `cache-foreign` or `cache-unfit`. */
export async function claimedBy(path: string, hubId: string): Promise<'us' | null> {
  await requireDirectory(path);
  const claim = await readClaim(path);
  if (!claim) return null;
  requireOwner(path, claim, hubId);
  return 'us';
}

async function requireDirectory(path: string): Promise<void> {
  try {
    if ((await stat(path)).isDirectory()) return;
  } catch (error) {
    throw unfit(path, error);
  }
  throw new ForebayError('cache-unfit', `${path} is not a folder, so it can't be a cache.`, 'Name a folder.');
}

async function readClaim(path: string): Promise<Claim | undefined> {
  let text: string | undefined;
  try {
    text = await unlessAbsent(readFile(layout.claim(path), 'utf8'));
  } catch (error) {
    throw unfit(path, error);
  }
  if (text === undefined) return undefined;
  const claim = Claim.safeParse(parse(text));
  if (claim.success) return claim.data;
  throw new ForebayError(
    'cache-unfit',
    `The cache folder ${path} was made by another version of Forebay, or its forebay-cache.json is damaged.`,
    'Update Forebay, or choose an empty folder.',
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function requireOwner(path: string, claim: Claim, hubId: string): void {
  if (claim.hub === hubId) return;
  throw new ForebayError(
    'cache-foreign',
    `The cache folder ${path} belongs to another Forebay hub (${claim.hub}, claimed by ${claim.by} on ${claim.claimed.slice(0, 10)}).`,
    'Choose an empty folder of your own: two hubs would clear each other’s files.',
  );
}

/** link(2) never overwrites, also on NFS, and shows only a whole file. */
async function putIfAbsent(path: string, claim: Claim): Promise<void> {
  const temp = join(layout.internal(path), `claim-${randomName()}`);
  const file = await open(temp, 'wx', 0o444);
  try {
    await file.writeFile(`${JSON.stringify(claim, null, 2)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(temp, layout.claim(path));
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  } finally {
    await unlink(temp);
  }
}
