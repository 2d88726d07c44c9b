import { CacheDirectory } from '../cache/directory.ts';
import { evictVersion } from '../cache/evict.ts';
import { partOf } from '../cache/record.ts';
import type { Task } from '../hub/jobs/task.ts';

/**
 * What a task left whose thread had to be ended: a fill's staging, and what it may have published in its last
 * moment, goes out of sight by renames.
 */
export async function cleanUp(task: Task): Promise<void> {
  if (task.kind !== 'fill') return;
  const cache = await CacheDirectory.open(task.cache, task.hubId);
  const { dataset, version } = task;
  const place = { cache, dataset, version: version.version, part: partOf(version) };
  await evictVersion(place, AbortSignal.abort());
}
