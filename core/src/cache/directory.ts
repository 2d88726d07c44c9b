import { lstat, mkdir, readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { claimDirectory, requireClaim } from './claim.ts';
import { unlessAbsent } from './errno.ts';
import { datasetFolderName, datasetIdIn, layout, placeName } from './layout.ts';
import { type CacheSpace, measureSpace } from './measure.ts';
import { type Found, readRecord } from './record.ts';
import { unfit } from './unfit.ts';

/** A cache directory that is this hub's. */
export class CacheDirectory {
  /** Real and absolute. */
  readonly path: string;
  readonly hubId: string;

  private constructor(path: string, hubId: string) {
    this.path = path;
    this.hubId = hubId;
  }

  /**
   * Attaches a folder (made if `create`) as this hub's cache; claiming one's own again does no harm.
   * Throws `cache-foreign`, naming the owner, or `cache-unfit`: missing, no folder, not writable, not POSIX enough.
   */
  static async claim(
    path: string,
    hubId: string,
    options: { create?: boolean } = {},
  ): Promise<CacheDirectory> {
    try {
      if (options.create) await mkdir(path, { recursive: true });
    } catch (error) {
      throw unfit(path, error);
    }
    await claimDirectory(path, hubId);
    return new CacheDirectory(await realpath(path), hubId);
  }

  /** For use after it was claimed: an unmounted cache must not be taken for an empty one. Throws as `claim`. */
  static async open(path: string, hubId: string): Promise<CacheDirectory> {
    await requireClaim(path, hubId);
    return new CacheDirectory(await realpath(path), hubId);
  }

  /** Space used by placements and left on the disk. Walks every file: call it in a job. */
  measure(signal?: AbortSignal): Promise<CacheSpace> {
    return measureSpace(this.path, signal);
  }

  /** Where the dataset's versions lie, or will; found by id, whatever the name in front of it. */
  async datasetFolder(dataset: { id: string; name: string }): Promise<string> {
    const names = (await unlessAbsent(readdir(layout.datasets(this.path)))) ?? [];
    const found = names.find((name) => datasetIdIn(name) === dataset.id);
    return join(layout.datasets(this.path), found ?? datasetFolderName(dataset));
  }

  /** What stands on disk for a version or a part of it: its folder and its record, each possibly missing. */
  async find(
    dataset: { id: string; name: string },
    version: number,
    part: string | null = null,
  ): Promise<Found> {
    const folder = join(await this.datasetFolder(dataset), placeName({ version, part }));
    const [stat, record] = await Promise.all([
      unlessAbsent(lstat(folder, { bigint: true })),
      readRecord(`${folder}.json`),
    ]);
    return { path: folder, inode: stat?.isDirectory() ? String(stat.ino) : null, record };
  }
}
