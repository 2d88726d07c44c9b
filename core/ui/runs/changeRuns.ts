import { archiveTag, starTag } from '../../src/api/run/runTags.ts';
import type { Run, RunChange } from '../../src/api/schemas.ts';
import { formatCount } from '../../src/api/text/units.ts';
import type { Client } from '../../src/client/client.ts';
import { type Done, failed } from '../parts/done.ts';

export type RunVerb = 'star' | 'unstar' | 'archive' | 'unarchive' | 'delete' | 'restore';

const changes: Record<RunVerb, { change: RunChange; done: string; undo: RunVerb }> = {
  star: { change: { tags: { [starTag]: 'true' } }, done: 'Starred', undo: 'unstar' },
  unstar: { change: { tags: { [starTag]: null } }, done: 'Took the star from', undo: 'star' },
  archive: { change: { tags: { [archiveTag]: 'true' } }, done: 'Archived', undo: 'unarchive' },
  unarchive: { change: { tags: { [archiveTag]: null } }, done: 'Took from the archive', undo: 'archive' },
  delete: { change: { deleted: true }, done: 'Deleted', undo: 'restore' },
  restore: { change: { deleted: false }, done: 'Restored', undo: 'delete' },
};

/** Whether a run is as a verb makes it. */
export const isAlready: Record<RunVerb, (run: Pick<Run, 'tags' | 'deleted'>) => boolean> = {
  star: ({ tags }) => tags[starTag] === 'true',
  unstar: ({ tags }) => tags[starTag] !== 'true',
  archive: ({ tags }) => tags[archiveTag] === 'true',
  unarchive: ({ tags }) => tags[archiveTag] !== 'true',
  delete: ({ deleted }) => deleted,
  restore: ({ deleted }) => !deleted,
};

/**
 * Changes each of the runs that isn't so already, and says what was done with a way back for these alone; where one can't
 * be changed, what went wrong, with a way back for those before it.
 */
export async function changeRuns(
  { runs: client }: Client,
  verb: RunVerb,
  runs: readonly Run[],
  onFailure: (error: unknown) => void,
): Promise<Done> {
  const { change, done, undo } = changes[verb];
  const changed: Run[] = [];
  const takeBack = async () => {
    for (const { id } of changed) await client.change(id, changes[undo].change);
  };
  const back = { undo: () => void takeBack().catch(onFailure) };
  try {
    for (const run of runs.filter((each) => !isAlready[verb](each))) {
      await client.change(run.id, change);
      changed.push(run);
    }
  } catch (error) {
    return { ...failed(error), ...(changed.length > 0 ? back : {}) };
  }
  const what = changed.length === 1 ? changed[0]?.name : formatCount(changed.length, 'run');
  return { text: `${done} ${what}.`, ...back };
}
