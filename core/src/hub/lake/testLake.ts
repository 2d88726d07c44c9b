import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { ForebayError, formatBytes, formatCount, formatDuration, type LakeTest } from '../../api/index.ts';
import { listDatasets } from '../../dataset/catalog.ts';
import { readRepository } from '../../dataset/repository.ts';
import { directoryError } from '../../lake/directoryErrors.ts';
import { DirectoryLake } from '../../lake/directoryLake.ts';
import { tempIn } from '../../lake/directoryTemp.ts';
import { fileSystemName, isNetworkFileSystem, isTemporary } from '../../lake/fileSystem.ts';
import type { Lake } from '../../lake/lake.ts';
import type { LakeLocation } from '../../lake/location.ts';
import { openLake } from '../../lake/open.ts';
import { probeConditionalWrites } from '../../lake/probe.ts';
import type { Patience } from '../../lake/s3/patience.ts';
import { Checks, type Finding } from '../checks.ts';
import { nearestFolder } from '../nearestFolder.ts';

/** Somebody sits and waits: a store that doesn't answer is said to, soon. */
const patience: Patience = { attempts: 2, firstPause: 200, longestPause: 500, stall: 8000 };
const sample = 1e6;
/** Seconds; S3 refuses requests of a clock that is 15 minutes off. */
const skewToMention = 60;

/**
 * What works at a place for a lake and what doesn't, in plain words; leaves nothing there. Throws `bad-request` for
 * what is no address.
 */
export async function testLake(location: LakeLocation): Promise<LakeTest> {
  const { url } = location;
  const lake = openLake(location, patience);
  try {
    return isAbsolute(url) ? await testFolder(lake) : await testBucket(lake);
  } finally {
    lake.close();
  }
}

async function testFolder(lake: Lake): Promise<LakeTest> {
  const checks = new Checks();
  const { url } = lake;
  const temporary = await isTemporary(url);
  const there = await stat(url).catch(() => undefined);
  const base = await nearestFolder(url);
  const found = there ? await look(checks, 'Folder', lake) : await missingFolder(checks, url, base);
  // A folder that isn't there is tried beside where it will be, under a name that nobody has.
  const tried = there
    ? lake
    : new DirectoryLake(join(base, `.forebay-test-${randomBytes(8).toString('hex')}`));
  try {
    const made = there ? found.holds !== 'unknown' : await tryMaking(checks, url, base, tried.url);
    if (made) await tryWork(checks, tried);
    else checks.skip(...workNames);
  } finally {
    if (!there) await rm(tried.url, { recursive: true, force: true }).catch(() => {});
    // A lake's own folder for what is being written; whoever writes makes it again.
    else if (found.holds === 'nothing') await rmdir(tempIn(url)).catch(() => {});
  }
  await checks.try('File system', () => describeFileSystem(url, temporary), { timed: false });
  return { url, kind: 'folder', ...found, temporary, ok: checks.ok, checks: checks.all };
}

/** One folder alone: of several at once Node says of a read-only disk that it isn't there. */
function tryMaking(checks: Checks, url: string, base: string, tried: string): Promise<boolean> {
  return checks.try('Make the folder', async () => {
    await mkdir(tried).catch((thrown) => Promise.reject(directoryError(url, thrown)));
    return `A folder can be made in ${base}.`;
  });
}

async function testBucket(lake: Lake): Promise<LakeTest> {
  const checks = new Checks();
  const found = await look(checks, 'Bucket', lake);
  if (found.holds === 'unknown' || found.holds === 'missing') checks.skip(...workNames);
  else await tryWork(checks, lake);
  return { url: lake.url, kind: 'bucket', ...found, temporary: false, ok: checks.ok, checks: checks.all };
}

type Found = Pick<LakeTest, 'holds' | 'datasets'>;

async function missingFolder(checks: Checks, url: string, base: string): Promise<Found> {
  await checks.try(
    'Folder',
    async () => ({ note: `There is no folder ${url} yet. It is made in ${base} once you choose it.` }),
    {
      timed: false,
    },
  );
  return { holds: 'missing', datasets: null };
}

/** Whether it can be reached, and what is there. */
async function look(checks: Checks, name: 'Folder' | 'Bucket', lake: Lake): Promise<Found> {
  let found: Found = { holds: 'unknown', datasets: null };
  await checks.try(name, async () => {
    try {
      found = await readFound(lake);
    } catch (error) {
      if (name === 'Bucket' && error instanceof ForebayError && error.code === 'lake-missing') {
        found = { holds: 'missing', datasets: null };
        throw new ForebayError(
          error.code,
          error.message,
          'Check its name and the endpoint; a new one is made once you choose it.',
        );
      }
      throw error;
    }
    return describeFound(name, lake.url, found);
  });
  return found;
}

async function readFound(lake: Lake): Promise<Found> {
  if (!(await readRepository(lake))) return { holds: 'nothing', datasets: null };
  return { holds: 'lake', datasets: (await listDatasets(lake)).length };
}

async function describeFound(name: 'Folder' | 'Bucket', url: string, { datasets }: Found): Promise<Finding> {
  if (datasets !== null) return `It answers, and holds a lake with ${formatCount(datasets, 'dataset')}.`;
  const others = name === 'Folder' ? (await readdir(url)).length : 0;
  if (others === 0) return 'It answers, and holds no lake yet. One is made once you choose it.';
  return {
    note: `It holds no lake yet, but ${others === 1 ? 'another file or folder' : `${others.toLocaleString('en-US')} other files and folders`}.`,
    hint: "The lake's files would lie between them. An empty folder is tidier.",
  };
}

const workNames = ['Write', 'Read', 'Write only if absent', 'Delete', 'Clock'] as const;

/** What every use of a lake needs, on objects of random names that are deleted again. */
async function tryWork(checks: Checks, lake: Lake): Promise<void> {
  const key = `probe-${randomBytes(16).toString('hex')}`;
  const body = randomBytes(sample);
  const [write, read, conditional, remove, clock] = workNames;
  const wrote = await checks.try(write, async () => {
    await lake.put(key, body);
    return `${formatBytes(sample)} were written.`;
  });
  if (!wrote) return checks.skip(read, conditional, remove, clock);
  await checks.try(read, async () => {
    if (!body.equals((await lake.get(key)) ?? Buffer.of())) {
      throw new ForebayError(
        'lake-unsafe',
        `${lake.url} answers with other bytes than were just written.`,
        'Is there a proxy in between that changes what passes?',
      );
    }
    return 'The same bytes came back.';
  });
  await checks.try(conditional, async () => {
    await probeConditionalWrites(lake);
    return 'Of 8 writers at once exactly one won, so two people who sync at once never overwrite each other.';
  });
  await checks.try(remove, async () => {
    await lake.delete(key);
    return 'What was written is gone again.';
  });
  await checks.try(clock, () => compareClocks(lake), { timed: false });
}

async function compareClocks(lake: Lake): Promise<Finding> {
  const apart = Math.abs((await lake.now()) - Date.now()) / 1000;
  if (apart < skewToMention) return 'Its clock and this machine’s agree.';
  return {
    note: `Its clock and this machine’s are ${formatDuration(apart)} apart.`,
    hint: "Set this machine's clock right: a store refuses requests of a clock that is 15 minutes off.",
  };
}

async function describeFileSystem(url: string, temporary: boolean): Promise<Finding> {
  const name = (await fileSystemName(url)) ?? 'A file system of an unknown kind';
  if (temporary) {
    return {
      note: `${name}: what is written here is lost at a restart of the machine or its container.`,
      hint: 'For data that must last, choose a folder on a disk, or a bucket.',
    };
  }
  return (await isNetworkFileSystem(url))
    ? `${name}, which other machines can share.`
    : `${name} on this machine.`;
}
