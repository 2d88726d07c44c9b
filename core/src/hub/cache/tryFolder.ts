import { randomBytes } from 'node:crypto';
import { open, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type CacheTest, ForebayError, formatBytes, formatCount } from '../../api/index.ts';
import { errnoOf } from '../../cache/errno.ts';
import { probePosix } from '../../cache/probe.ts';
import { unfit } from '../../cache/unfit.ts';
import { fileSystemName, isNetworkFileSystem, isTemporary } from '../../lake/fileSystem.ts';
import { suggestCapacity } from '../../placement/suggestCapacity.ts';
import type { Checks, Finding } from '../checks.ts';
import { nearestFolder } from '../nearestFolder.ts';

const sample = 16e6;

/** What every cache needs of its folder, tried there, or where the folder would be made; leaves nothing. */
export async function tryFolder(
  path: string,
  checks: Checks,
  usable: boolean,
  attached: string | null,
): Promise<CacheTest> {
  const exists = Boolean(await stat(path).catch(() => undefined));
  const base = await nearestFolder(path);
  const writes = usable && (await checks.try('Write', () => tryWrite(base)));
  if (!usable) checks.skip('Write');
  if (writes) await checks.try('Links and permissions', () => tryLinks(base));
  else checks.skip('Links and permissions');
  const kind = {
    temporary: await isTemporary(path),
    network: await isNetworkFileSystem(path),
    fileSystem: await fileSystemName(path),
  };
  await checks.try('File system', async () => describeFileSystem(kind), { timed: false });
  const space = await spaceOf(base);
  await checks.try('Space', async () => describeSpace(space), { timed: false });
  const suggestedCapacity = suggestCapacity(space.free);
  return { path, exists, attached, ...kind, ...space, suggestedCapacity, ok: checks.ok, checks: checks.all };
}

/** Writes a file to the disk and removes it again. */
async function tryWrite(base: string): Promise<Finding> {
  const file = join(base, `.forebay-test-${randomBytes(8).toString('hex')}`);
  try {
    const handle = await open(file, 'wx');
    const bytes = randomBytes(sample);
    const begun = performance.now();
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    const rate = sample / ((performance.now() - begun) / 1000);
    return `${formatBytes(sample)} were written at ${formatBytes(Math.round(rate))}/s.`;
  } catch (error) {
    // The folder is there: what the kernel itself shows (/proc, /sys) answers so.
    if (errnoOf(error) === 'ENOENT') {
      throw new ForebayError('cache-unfit', `No file can be made in ${base}.`, 'Name a folder on a disk.', {
        cause: error,
      });
    }
    throw unfit(base, error);
  } finally {
    await rm(file, { force: true }).catch(() => {});
  }
}

async function tryLinks(base: string): Promise<Finding> {
  await probePosix(base).catch((error) => Promise.reject(unfit(base, error)));
  return 'Files can be linked, moved and made read-only, as a cache needs.';
}

function describeFileSystem({
  fileSystem,
  temporary,
  network,
}: Pick<CacheTest, 'fileSystem' | 'temporary' | 'network'>): Finding {
  const name = fileSystem ?? 'A file system of an unknown kind';
  if (temporary) {
    const memory = name === 'tmpfs' || name === 'ramfs' ? 'in this machine’s memory, and ' : '';
    return {
      note: `${name}: what lies here is ${memory}lost at a restart of the machine or its container.`,
      hint: 'Nothing is lost for good, since the lake has it all, but it must be fetched again.',
    };
  }
  if (!network) return `${name} on this machine.`;
  return {
    note: `${name}, which other machines can share.`,
    hint: 'A disk inside this machine is quicker for many small files.',
  };
}

type Space = Pick<CacheTest, 'size' | 'free' | 'inodesFree'>;

async function spaceOf(base: string): Promise<Space> {
  const disk = await statfs(base);
  return {
    size: disk.blocks * disk.bsize,
    free: disk.bavail * disk.bsize,
    inodesFree: disk.files > 0 ? disk.ffree : null,
  };
}

/** Less is hardly of use. */
const little = 1e9;

function describeSpace({ size, free, inodesFree }: Space): Finding {
  const inodes = inodesFree === null ? '' : `, and room for ${formatCount(inodesFree, 'file')}`;
  const says = `${formatBytes(free)} are free of ${formatBytes(size)}${inodes}.`;
  if (free >= little) return says;
  return { note: says, hint: 'That is little for a cache. Free some of it, or choose another disk.' };
}
