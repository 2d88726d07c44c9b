import { useMemo } from 'react';
import type { Job, Placement } from '../../src/api/schemas.ts';
import { useLive } from '../live/useLive.ts';
import { type Level, levelOf } from './level.ts';

export interface Places {
  /** Whole versions only: a part is not the version. */
  placements: readonly Placement[];
  levelOf: (dataset: string, version: number) => Level;
}

const nowhere: readonly Placement[] = [];
const idle: readonly Job[] = [];

/** Which versions are cached where, and how far what is under way is. `of`: of one dataset only. */
export function usePlaces(of?: string): Places {
  const { value: placements = nowhere } = useLive(
    async ({ placements }) =>
      (await placements.list(of === undefined ? {} : { dataset: of })).filter(
        ({ selection }) => selection === null,
      ),
    ({ kind }) => kind === 'placement' || kind === 'lease',
    [of],
  );
  const filling = placements.some(({ state }) => state === 'filling' || state === 'queued');
  const { value: jobs = idle } = useLive(
    async (client) => (filling ? client.jobs.list() : idle),
    ({ kind }) => filling && kind === 'job',
    [filling],
  );
  return useMemo(() => {
    const by = Map.groupBy(placements, ({ dataset, version }) => `${dataset}@${version}`);
    return {
      placements,
      levelOf: (dataset, version) => levelOf(by.get(`${dataset}@${version}`) ?? [], jobs),
    };
  }, [placements, jobs]);
}
